"""Stores of a real NetCDF file as zarr-python writes them, in every packing that is read, for `zarr.rs`. The folder comes
as the first line of the input, the file as the second; prints the name of each store."""

import sys
import warnings
from pathlib import Path

import numcodecs
import xarray
from zarr.codecs import BloscCodec, Crc32cCodec, GzipCodec, ZstdCodec

warnings.filterwarnings("ignore")
folder, source = Path(input()), input()
# Numbers as they are stored: what is compared is the reading of the store, not xarray's packing.
data = xarray.open_dataset(source, decode_cf=False).isel(time=slice(0, 8))
data = data[[v for v in data.data_vars if data[v].dtype.kind in "ifu"]].load()
names = list(data.data_vars)
fields = [v for v in data.data_vars if data[v].ndim >= 3]


def write(name, edition, each=None, chunks=None, **more):
    encoding = {v: dict(each or {}) for v in fields}
    if chunks:
        for v in fields:
            encoding[v]["chunks"] = chunks[-data[v].ndim :]
    for v in data.variables:
        data[v].encoding = {}
    data.to_zarr(folder / name, mode="w", zarr_format=edition, encoding=encoding, **more)
    print(name)


write("default_2.zarr", 2, consolidated=True)
write("default_3.zarr", 3, consolidated=True)
write("listed_2.zarr", 2, consolidated=False)
write("listed_3.zarr", 3, consolidated=False)
cut = (3, 1, 37, 41)
for inner in ["blosclz", "lz4", "lz4hc", "zlib", "zstd"]:
    for shuffle in [0, 1, 2]:
        blosc = numcodecs.Blosc(cname=inner, clevel=4, shuffle=shuffle)
        write(f"blosc_{inner}_{shuffle}_2.zarr", 2, {"compressors": blosc}, cut)
write("blosc_3.zarr", 3, {"compressors": (BloscCodec(cname="zstd", shuffle="bitshuffle"),)}, cut)
for name, codec in [("zstd", numcodecs.Zstd(3)), ("gzip", numcodecs.GZip(1)), ("zlib", numcodecs.Zlib(1)), ("lz4", numcodecs.LZ4())]:
    write(f"{name}_2.zarr", 2, {"compressors": codec}, cut)
write("shuffle_2.zarr", 2, {"filters": [numcodecs.Shuffle(2)], "compressors": numcodecs.Zlib(1)}, cut)
write("raw_2.zarr", 2, {"compressors": None}, cut)
for name, codecs in [("zstd", (ZstdCodec(),)), ("gzip", (GzipCodec(),)), ("checked", (ZstdCodec(), Crc32cCodec())), ("raw", ())]:
    write(f"{name}_3.zarr", 3, {"compressors": codecs}, cut)
write("shards_3.zarr", 3, {"shards": (6, 1, 74, 82), "compressors": (BloscCodec(),)}, cut)

# Unpacked to floats, so that xarray writes its own fill value, in edition 3 as the base 64 of a float.
data = xarray.open_dataset(source).isel(time=slice(0, 8))[names].load()
for edition in [2, 3]:
    write(f"floats_{edition}.zarr", edition)
