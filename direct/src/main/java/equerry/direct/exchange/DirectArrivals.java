package equerry.direct.exchange;

import equerry.api.WritableButler;
import equerry.api.transfer.Arrivals;
import equerry.api.transfer.ImportReport;
import equerry.api.transfer.ImportRequest;
import equerry.api.transfer.TransferListener;
import equerry.api.transfer.TransferReport;
import equerry.api.transfer.TransferRequest;

/// [Arrivals] at a butler.
public record DirectArrivals(WritableButler butler) implements Arrivals {
  @Override
  public ImportReport importDocument(ImportRequest request, TransferListener listener) {
    return new Importer(butler, request, listener, Importer.Sizes.DEFAULT).run();
  }

  @Override
  public TransferReport transferFrom(TransferRequest request, TransferListener listener) {
    return new TransferRun(butler, request, listener, TransferRun.Effect.WRITE).run();
  }

  @Override
  public TransferReport rehearse(TransferRequest request, TransferListener listener) {
    return new TransferRun(butler, request, listener, TransferRun.Effect.REHEARSE).run();
  }
}
