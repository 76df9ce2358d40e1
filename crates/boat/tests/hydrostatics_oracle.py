"""The oracle's side of hydrostatics_oracle.rs: reads boats, prints levers. Polygons throughout, on hydro_ref's functions."""
import math
import sys

import hydro_ref as ref
import numpy as np


def tubed(W, D, L, zf, dry, f, corners):
    """hydro_ref.tubed; ours where the floor hangs below the tubes, which its arc sine cannot take, and for finer polygons."""
    if corners == 180 and (zf >= 0.0 or not dry):
        return ref.tubed(W, D, L, max(zf, 0.0), dry, f)
    r, b = D / 2, (W - D) / 2
    polys = [(ref.circ(-b, r, r, corners), f[0]), (ref.circ(b, r, r, corners), f[1])]
    if dry:
        a = np.linspace(math.asin(max((zf - r) / r, -1.0)), math.pi / 2, corners // 3)
        left, right = np.c_[-b + r * np.cos(a), r + r * np.sin(a)], np.c_[b - r * np.cos(a), r + r * np.sin(a)]
        below = [[[-b, zf]], [[b, zf]]] if zf < 0.0 else []
        polys.append((np.vstack([left[::-1], *below, right]), 1.0))
    return ref.Section(polys, L, [[-b, D], [b, D]])


def water_in_well(section, phi, area):
    """Area centroid of water in the well polygon: the level by bisection."""
    well = ref.rot(section.polys[-1][0], phi)
    lo, hi = well[:, 1].min(), well[:, 1].max()
    for _ in range(45):
        m = (lo + hi) / 2
        if ref.area_centroid(ref.clip_below(well, m))[0] < area:
            lo = m
        else:
            hi = m
    return ref.area_centroid(ref.clip_below(well, lo))


def lever(section, phi, mass, kg, yg, water):
    total = mass + ref.RHO * water
    gz, margin = section.gz(phi, total, kg, yg)
    if water > 0.0:
        # hydro_ref centres the whole mass at (yg, kg): put the water where it runs to.
        dry_y = ref.rot(np.array([[yg, kg]]), phi)[0, 0]
        share = ref.RHO * water / total
        gz += share * (dry_y - water_in_well(section, phi, water / section.L)[1])
    return gz, margin


for line in sys.stdin:
    W, D, L, zf, fp, fs, dry, mass, kg, yg, water, phi1, phi2, e, corners = map(float, line.split())
    s = tubed(W, D, L, zf, dry > 0.5, (fp, fs), int(corners))
    if mass + ref.RHO * water > s.capacity():
        print("sinks", s.capacity())
        continue
    out = [*lever(s, phi1, mass, kg, yg, water), *lever(s, phi2, mass, kg, yg, water)]
    out.append(s.level(phi1, (mass + ref.RHO * water) / ref.RHO / L))
    out.append((lever(s, e, mass, kg, yg, water)[0] - lever(s, -e, mass, kg, yg, water)[0]) / (2 * math.sin(e)))
    print(*(repr(float(x)) for x in out))
