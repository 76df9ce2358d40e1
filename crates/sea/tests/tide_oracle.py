"""The oracle's side of tide_oracle.rs: reads instants (days of Python's calendar), prints V (cycles), f and u (cycles) of each constituent."""
import sys

try:
    import numpy as np
    from utide._ut_constants import constit_index_dict
    from utide.harmonics import FUV
except ImportError as why:
    print("absent:", why)
    sys.exit()

LATITUDE = 50.0

names = sys.stdin.readline().split()
index = np.array([constit_index_dict[name] for name in names])
for line in sys.stdin:
    t = np.array([float(line)])
    f, u, v = FUV(t, t[0], index, LATITUDE, [0, 0, 0, 0])
    print(*(repr(float(x)) for x in np.concatenate([v[0], f[0], u[0]])))
