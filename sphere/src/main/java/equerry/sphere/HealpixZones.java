package equerry.sphere;

/// How sure a HEALPix pixel is to lie in a shape, judged by its center and the largest radius of
/// pixels of its order.
interface HealpixZones {
  int OUTSIDE = 0;

  /// The pixel may meet the shape; its center is outside.
  int NEAR = 1;

  /// The center is inside.
  int CENTERED = 2;

  /// The whole pixel is inside.
  int INSIDE = 3;

  /// One of the numbers above.
  int of(HealpixGrid grid, long pixel);

  /// The limits of one quantity that all zones of an order share.
  record Limits(double outer, double middle, double inner) {
    static Limits ofCosines(double radius, double margin) {
      return new Limits(
          radius + margin > Math.PI ? -1.0 : Trigonometry.cos(radius + margin),
          Trigonometry.cos(radius),
          radius - margin < 0.0 ? 1.0 : Trigonometry.cos(radius - margin));
    }
  }

  /// The zones of a disc around a colatitude and longitude.
  static HealpixZones ofDisc(double theta, double phi, double radius, int orders) {
    double z = Trigonometry.cos(theta);
    Limits[] limits = new Limits[orders];
    for (int order = 0; order < orders; order++) {
      limits[order] = Limits.ofCosines(radius, new HealpixGrid(order).maxPixelRadius());
    }
    return (grid, pixel) -> {
      HealpixGrid.Place center = grid.center(pixel);
      double cosine =
          z * center.z()
              + Trigonometry.cos(phi - center.phi())
                  * Math.sqrt((1.0 - z * z) * (1.0 - center.z() * center.z()));
      Limits limit = limits[grid.order()];
      if (!(cosine > limit.outer)) {
        return OUTSIDE;
      }
      if (cosine < limit.middle) {
        return NEAR;
      }
      return cosine <= limit.inner ? CENTERED : INSIDE;
    };
  }

  /// The zones of the common part of discs around vectors.
  static HealpixZones ofDiscs(Vector3d[] centers, double[] radii, int orders) {
    Limits[][] limits = new Limits[orders][centers.length];
    for (int order = 0; order < orders; order++) {
      double margin = new HealpixGrid(order).maxPixelRadius();
      for (int i = 0; i < centers.length; i++) {
        limits[order][i] = Limits.ofCosines(radii[i], margin);
      }
    }
    return (grid, pixel) -> {
      Vector3d center = grid.center(pixel).vector();
      int zone = INSIDE;
      for (int i = 0; i < centers.length && zone != OUTSIDE; i++) {
        zone = Math.min(zone, zone(center.dot(centers[i]), limits[grid.order()][i]));
      }
      return zone;
    };
  }

  private static int zone(double cosine, Limits limit) {
    if (cosine < limit.outer) {
      return OUTSIDE;
    }
    if (cosine < limit.middle) {
      return NEAR;
    }
    return cosine < limit.inner ? CENTERED : INSIDE;
  }

  /// The zones of a range of colatitudes and longitudes. Longitudes are turned so that the range is
  /// around π.
  static HealpixZones ofBox(double north, double south, double west, double east, int orders) {
    double middle = (west + east) / 2.0;
    double turn = HealpixGrid.modulo(west < east ? Math.PI - middle : -middle, Radians.TWO_PI);
    double turnedWest = HealpixGrid.modulo(west + turn, Radians.TWO_PI);
    double turnedEast = HealpixGrid.modulo(east + turn, Radians.TWO_PI);
    double[] radii = new double[orders];
    for (int order = 0; order < orders; order++) {
      radii[order] = new HealpixGrid(order).maxPixelRadius();
    }
    return (grid, pixel) -> {
      HealpixGrid.Place center = grid.center(pixel);
      double theta = center.theta();
      double radius = radii[grid.order()];
      int byTheta = zone(theta, radius, north, south);
      if (byTheta == OUTSIDE) {
        return OUTSIDE;
      }
      double phi = HealpixGrid.modulo(center.phi() + turn, Radians.TWO_PI);
      double width = radius / Trigonometry.sin(theta);
      return Math.min(byTheta, zone(phi, width, turnedWest, turnedEast));
    };
  }

  private static int zone(double middle, double margin, double low, double high) {
    double least = low - Math.ulp(1.0);
    double most = high + Math.ulp(1.0);
    if (!(middle + margin >= least && middle - margin <= most)) {
      return OUTSIDE;
    }
    if (middle - margin >= least && middle + margin <= most) {
      return INSIDE;
    }
    return middle >= least && middle <= most ? CENTERED : NEAR;
  }
}
