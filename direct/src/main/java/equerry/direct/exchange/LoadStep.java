package equerry.direct.exchange;

import equerry.api.Changes;
import equerry.api.transfer.TransferListener.Step;
import java.util.function.Consumer;

/// A piece of a load: what is to be written, everything that it needs looked up before.
///
/// @param step what it belongs to
/// @param items how many records, datasets or associations it has
/// @param work writes it; may be run again
record LoadStep(Step step, long items, Consumer<Changes> work) {}
