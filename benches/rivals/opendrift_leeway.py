"""Times OpenDrift's Leeway model on the two files that `plimsoll bench drift --files` is given.

    python opendrift_leeway.py norkyst800_subset_16Nov2015.nc arome_subset_16Nov2015.nc --number 1000 10000

What is timed is the processor time of `run` alone, with the reading of the files in it; importing, seeding and setting up are not.
"""

import argparse
import logging
import resource
import time
from datetime import datetime, timedelta
from importlib.metadata import version

STEPS = 144


def one(files, number, constant):
    from opendrift.models.leeway import Leeway
    from opendrift.readers import reader_netCDF_CF_generic

    o = Leeway(loglevel=50)
    logging.disable(logging.CRITICAL)
    o.set_config("environment:constant:land_binary_mask", 0)
    if constant:
        names = ("x_wind", "y_wind", "x_sea_water_velocity", "y_sea_water_velocity")
        for name, value in zip(names, (6, 4, 0.5, 0.2)):
            o.set_config(f"environment:constant:{name}", value)
    else:
        o.add_reader([reader_netCDF_CF_generic.Reader(f) for f in files])
    o.seed_elements(
        lon=4.2, lat=59.6, radius=500, radius_type="gaussian", number=number, time=datetime(2015, 11, 16), object_type=1
    )
    cpu, wall = time.process_time(), time.perf_counter()
    o.run(duration=timedelta(hours=24), time_step=600, time_step_output=3600)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"OpenDrift Leeway n {number} cpu {cpu:.2f} s wall {wall:.2f} s "
          f"{number * STEPS / cpu:.0f} particle-steps per CPU s, peak {peak:.0f} MiB", flush=True)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("files", nargs="*")
    p.add_argument("--number", type=int, nargs="+", default=[1000, 10000])
    p.add_argument("--constant", action="store_true", help="constant wind and current instead of the files")
    a = p.parse_args()
    cpu, wall = time.process_time(), time.perf_counter()

    import opendrift.models.leeway  # noqa: F401
    print(f"opendrift {version('opendrift')}: import cpu {time.process_time() - cpu:.2f} s "
          f"wall {time.perf_counter() - wall:.2f} s", flush=True)
    for number in a.number:
        one(a.files, number, a.constant)


if __name__ == "__main__":
    main()
