"""The oracle's side of coast_oracle.rs: land or not by the GSHHG polygons of roaring-landmask. Reads lon lat, prints 1 or 0."""
import sys

import numpy as np
from roaring_landmask import LandmaskProvider, RoaringLandmask

points = np.loadtxt(sys.stdin)
mask = RoaringLandmask.new_with_provider(LandmaskProvider.Gshhg)
land = mask.contains_many(np.ascontiguousarray(points[:, 0]), np.ascontiguousarray(points[:, 1]))
print("".join("1" if x else "0" for x in land))
