package equerry.sphere;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a query with regions does for each row, at the sizes of an observatory's regions.
///
/// `src/test/python/benchmark.py` runs it beside lsst-sphgeom on the same regions, by these names.
/// The regions are taken in turn, so that no run learns the answer of a single one.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SphereBenchmark {
  private static final Pixelization HTM = new HtmPixelization(7);
  private static final Pixelization HEALPIX = new HealpixPixelization(11);

  private final BenchmarkRegions regions = new BenchmarkRegions();
  private int turn;

  private int next() {
    turn = (turn + 1) % BenchmarkRegions.COUNT;
    return turn;
  }

  @Benchmark
  public Region decodePolygon() {
    return Region.decode(regions.encodedDetectors[next()]);
  }

  @Benchmark
  public Relationship relatePolygonPolygon() {
    int i = next();
    return regions.detectors[i].relate(regions.patches[i]);
  }

  @Benchmark
  public Relationship relateCirclePolygon() {
    int i = next();
    return regions.circles[i].relate(regions.patches[i]);
  }

  @Benchmark
  public boolean containsPoint() {
    int i = next();
    return regions.patches[i].contains(regions.points[i]);
  }

  @Benchmark
  public long indexHtm() {
    return HTM.index(regions.points[next()]);
  }

  @Benchmark
  public long indexHealpix() {
    return HEALPIX.index(regions.points[next()]);
  }

  @Benchmark
  public RangeSet envelopeHtmPatch() {
    return HTM.envelope(regions.patches[next()]);
  }

  @Benchmark
  public RangeSet envelopeHtmDetector() {
    return HTM.envelope(regions.detectors[next()]);
  }

  @Benchmark
  public RangeSet envelopeHtmVisit() {
    return HTM.envelope(regions.visits[next()]);
  }

  @Benchmark
  public RangeSet envelopeHealpixPatch() {
    return HEALPIX.envelope(regions.patches[next()]);
  }

  @Benchmark
  public RangeSet envelopeHealpixDetector() {
    return HEALPIX.envelope(regions.detectors[next()]);
  }

  @Benchmark
  public Region parsePos() {
    return Region.fromIvoaPos(regions.positions[next()]);
  }
}
