package equerry.server;

import equerry.server.settings.Limits;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/// Limits that differ from the default in a few values, which may be less than a configuration may
/// set.
final class TestLimits {
  private TestLimits() {}

  /// @param changes by the names of the components of [Limits]
  static Limits with(Map<String, Object> changes) {
    Map<String, Object> left = new HashMap<>(changes);
    try {
      RecordComponent[] components = Limits.class.getRecordComponents();
      Object[] values = new Object[components.length];
      for (int i = 0; i < values.length; i++) {
        Object change = left.remove(components[i].getName());
        values[i] = change == null ? components[i].getAccessor().invoke(Limits.DEFAULT) : change;
      }
      if (!left.isEmpty()) {
        throw new IllegalArgumentException("No such limits: " + left.keySet());
      }
      Class<?>[] types =
          Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return Limits.class.getConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
