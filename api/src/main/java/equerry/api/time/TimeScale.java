package equerry.api.time;

import java.math.BigDecimal;
import java.math.MathContext;
import org.threeten.extra.scale.UtcRules;

/// The clocks whose readings can be turned into the TAI nanoseconds of a registry.
///
/// A reading is a day (Modified Julian Day number) and the seconds since its midnight.
///
/// UTC follows the leap seconds of threeten-extra from 1972 on. From 1968-02-01 to 1971-12-31 it
/// drifted against TAI: `TAI − UTC = 4.2131700 s + (MJD − 39126) · 0.002592 s` (U.S. Naval
/// Observatory, *tai-utc.dat*), and its seconds were longer by 0.002592 s a day; this, too, is
/// followed. Earlier readings use the same line, since all of them lie before the first time that a
/// registry can hold.
///
/// TDB, TCB, TCG, UT1 and local time are not known: they need series or tables that no query of a
/// registry has needed so far.
public enum TimeScale {
  TAI {
    @Override
    BigDecimal dayLength(long day) {
      return DAY;
    }

    @Override
    BigDecimal toTai(long day, BigDecimal seconds) {
      return seconds;
    }
  },
  TT {
    @Override
    BigDecimal dayLength(long day) {
      return DAY;
    }

    @Override
    BigDecimal toTai(long day, BigDecimal seconds) {
      return seconds.subtract(TT_MINUS_TAI);
    }
  },
  UTC {
    @Override
    BigDecimal dayLength(long day) {
      if (day < FIRST_LEAP_SECOND_DAY - 1) {
        return DAY;
      }
      return day < FIRST_LEAP_SECOND_DAY
          ? DAY.add(JUMP_INTO_1972)
          : DAY.add(BigDecimal.valueOf(UtcRules.system().getLeapSecondAdjustment(day)));
    }

    @Override
    BigDecimal toTai(long day, BigDecimal seconds) {
      if (day >= FIRST_LEAP_SECOND_DAY) {
        return seconds.add(BigDecimal.valueOf(UtcRules.system().getTaiOffset(day)));
      }
      BigDecimal offset =
          DRIFT_START.add(DRIFT_PER_DAY.multiply(BigDecimal.valueOf(day - DRIFT_START_DAY)));
      BigDecimal stretch = DAY.add(DRIFT_PER_DAY).divide(DAY, MathContext.DECIMAL128);
      return seconds.multiply(stretch).add(offset);
    }
  };

  private static final BigDecimal DAY = BigDecimal.valueOf(86_400);
  private static final BigDecimal TT_MINUS_TAI = new BigDecimal("32.184");
  private static final BigDecimal DRIFT_START = new BigDecimal("4.2131700");
  private static final BigDecimal DRIFT_PER_DAY = new BigDecimal("0.002592");
  private static final BigDecimal JUMP_INTO_1972 = new BigDecimal("0.107758");
  private static final long DRIFT_START_DAY = 39_126;
  private static final long FIRST_LEAP_SECOND_DAY = 41_317;

  /// Seconds that the clock shows from one midnight to the next.
  abstract BigDecimal dayLength(long day);

  /// Seconds of TAI since the TAI midnight of the same day number.
  abstract BigDecimal toTai(long day, BigDecimal seconds);
}
