# Writes a small NetCDF 4 file packed with Zstandard (HDF5 filter 32015): the invented wind of the test suite.
# python make_zstd.py FILE
import netCDF4, numpy as np, sys
d = netCDF4.Dataset(sys.argv[1], "w")
for n, k in (("time", 2), ("lat", 17), ("lon", 24)): d.createDimension(n, k)
t = d.createVariable("time", "f8", ("time",)); t.units = "hours since 2026-10-10 00:00:00"; t[:] = [6, 9]
y = d.createVariable("lat", "f8", ("lat",)); y.units = "degrees_north"; y[:] = 52 - 0.25 * np.arange(17)
x = d.createVariable("lon", "f8", ("lon",)); x.units = "degrees_east"; x[:] = -2 + 0.25 * np.arange(24)
i, j = np.meshgrid(np.arange(24), np.arange(17))
for k, (n, s) in enumerate((("u10", "eastward_wind"), ("v10", "northward_wind"))):
    v = d.createVariable(n, "f4", ("time", "lat", "lon"), compression="zstd", complevel=5, chunksizes=(1, 17, 24), fill_value=-999.0)
    v.units = "m s-1"; v.standard_name = s
    for t in range(2):
        f = 5 * np.sin(0.3 * i + 0.2 * j) + (3 if k == 0 else -2) + 0.5 * t
        f[3, 4] = -999.0
        v[t] = f
d.close()
