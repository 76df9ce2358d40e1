"""Times Parcels 3.1.4 (kernels compiled from generated C) moving particles with the current of the NorKyst file alone.

    python parcels_rk4.py norkyst800_subset_16Nov2015.nc --number 1000 10000 100000

Positions are metres on the file's own flat grid: no longitude or latitude, no wind, no leeway. What is timed is the processor time of
`execute` after a first short run that compiles the kernel; nothing is written.
"""

import argparse
import time
from datetime import timedelta

import numpy as np
import xarray as xr

STEPS = 144
# longitude 4.2, latitude 59.6 on the file's grid (+proj=stere +lat_0=90 +lon_0=70 +lat_ts=60 +R=6371000)
LON, LAT, RADIUS_M = 4.2, 59.6, 500.0


def place():
    from pyproj import Proj
    return Proj("+proj=stere +lat_0=90 +lon_0=70 +lat_ts=60 +R=6371000")(LON, LAT)


def one(path, number, scheme):
    import parcels
    ds = xr.open_dataset(path).isel(depth=0).load()
    # Parcels takes holes for zero: the particles stay where they are
    data = {"U": np.nan_to_num(ds["u"].values), "V": np.nan_to_num(ds["v"].values)}
    seconds = (ds["time"].values - ds["time"].values[0]) / np.timedelta64(1, "s")
    field = {"lon": ds["X"].values.astype(float), "lat": ds["Y"].values.astype(float), "time": seconds.astype(float)}
    fields = parcels.FieldSet.from_data(data, field, mesh="flat")
    rng = np.random.default_rng(1)
    x, y = place()
    xs, ys = rng.normal(x, RADIUS_M, number), rng.normal(y, RADIUS_M, number)
    kernel = {"rk4": parcels.AdvectionRK4, "ee": parcels.AdvectionEE}[scheme]
    run = lambda n, hours: parcels.ParticleSet(fields, parcels.JITParticle, lon=xs[:n], lat=ys[:n]).execute(
        kernel, runtime=timedelta(hours=hours), dt=timedelta(minutes=10), verbose_progress=False)
    run(10, 1)
    cpu, wall = time.process_time(), time.perf_counter()
    run(number, 24)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(f"Parcels {parcels.__version__} {scheme} n {number} cpu {cpu:.3f} s wall {wall:.3f} s "
          f"{number * STEPS / cpu:.0f} particle-steps per CPU s", flush=True)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("file")
    p.add_argument("--number", type=int, nargs="+", default=[1000, 10000, 100000])
    p.add_argument("--scheme", choices=["rk4", "ee"], default="rk4")
    a = p.parse_args()
    for number in a.number:
        one(a.file, number, a.scheme)


if __name__ == "__main__":
    main()
