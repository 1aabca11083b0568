package equerry.direct.exchange;

import equerry.api.dimension.DataId;
import java.util.Comparator;
import java.util.List;

/// How Python sorts, so that exports come out in the stock package's order.
final class PythonOrder {
  /// Texts by code point.
  static final Comparator<String> TEXTS = PythonOrder::compare;

  /// Data IDs of the same dimensions by their required values.
  static final Comparator<DataId> DATA_IDS =
      (a, b) -> compareAll(List.copyOf(a.required().values()), List.copyOf(b.required().values()));

  private PythonOrder() {}

  private static int compare(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean pairs = Character.isSurrogate(x) != Character.isSurrogate(y);
        return pairs ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static int compareAll(List<Object> a, List<Object> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      Object x = a.get(i);
      Object y = b.get(i);
      int order =
          x instanceof Long left && y instanceof Long right
              ? left.compareTo(right)
              : compare(x.toString(), y.toString());
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }
}
