# Writes the GRIB 2 files beside it with ecCodes: INVENTED fields, every packing, several grids.
# python make_grib.py FOLDER
import eccodes as ec, numpy as np, sys, os
out=sys.argv[1]; os.makedirs(out,exist_ok=True)
def field(i,j,k,t): return 5*np.sin(0.3*i+0.2*j)+ (3 if k==0 else -2) + 0.5*t
def message(disc,cat,num,k,t,packing,grid,level=(103,10),nan=True,temp=False,values=None):
    h=ec.codes_grib_new_from_samples("regular_ll_sfc_grib2")
    s=lambda key,v: ec.codes_set(h,key,v)
    s("dataDate",20261010); s("dataTime",600); s("stepUnits",1) if False else None
    s("discipline",disc); s("parameterCategory",cat); s("parameterNumber",num)
    s("typeOfFirstFixedSurface",level[0])
    if level[1] is not None: s("scaleFactorOfFirstFixedSurface",0); s("scaledValueOfFirstFixedSurface",level[1])
    s("forecastTime",3*t)
    nx,ny=24,17
    if grid=="ll":
        s("Ni",nx);s("Nj",ny);s("latitudeOfFirstGridPointInDegrees",52.0);s("latitudeOfLastGridPointInDegrees",48.0)
        s("longitudeOfFirstGridPointInDegrees",358.0);s("longitudeOfLastGridPointInDegrees",358+0.25*23-360);s("iDirectionIncrementInDegrees",0.25);s("jDirectionIncrementInDegrees",0.25)
    elif grid=="lambert":
        s("gridType","lambert");s("Nx",nx);s("Ny",ny);s("shapeOfTheEarth",6)
        s("latitudeOfFirstGridPointInDegrees",50.0);s("longitudeOfFirstGridPointInDegrees",1.0);s("LaDInDegrees",46.5);s("LoVInDegrees",3.0)
        s("Latin1InDegrees",46.5);s("Latin2InDegrees",46.5);s("DxInMetres",2500);s("DyInMetres",2500)
        s("uvRelativeToGrid",1); s("jScansPositively",1)
    elif grid=="stere":
        s("gridType","polar_stereographic");s("Nx",nx);s("Ny",ny);s("shapeOfTheEarth",6)
        s("latitudeOfFirstGridPointInDegrees",50.0);s("longitudeOfFirstGridPointInDegrees",1.0);s("LaDInDegrees",60.0);s("orientationOfTheGrid",10000000)
        s("DxInMetres",4000);s("DyInMetres",4000);s("resolutionAndComponentFlags",8); s("jScansPositively",1)
    elif grid=="rotated":
        s("gridType","rotated_ll");s("Ni",nx);s("Nj",ny);s("latitudeOfSouthernPoleInDegrees",-39.25);s("longitudeOfSouthernPoleInDegrees",18.0)
        s("latitudeOfFirstGridPointInDegrees",-1.0);s("longitudeOfFirstGridPointInDegrees",350.0);s("latitudeOfLastGridPointInDegrees",-1+0.05*16);s("longitudeOfLastGridPointInDegrees",350+0.05*23)
        s("iDirectionIncrementInDegrees",0.05);s("jDirectionIncrementInDegrees",0.05);s("jScansPositively",1);s("uvRelativeToGrid",1)
    elif grid=="mercator":
        s("gridType","mercator");s("Ni",nx);s("Nj",ny);s("shapeOfTheEarth",6);s("latitudeOfFirstGridPointInDegrees",50.0);s("longitudeOfFirstGridPointInDegrees",1.0)
        s("LaDInDegrees",50.0);s("latitudeOfLastGridPointInDegrees",50.6);s("longitudeOfLastGridPointInDegrees",2.5);s("DiInMetres",5000);s("DjInMetres",5000);s("jScansPositively",1)
    i,j=np.meshgrid(np.arange(nx),np.arange(ny)); v=field(i,j,k,t)
    if temp: v=v+285
    if values is not None: v=values(i,j)
    s("bitsPerValue",16)
    if nan:
        s("bitmapPresent",1); s("missingValue",9999.0); v=v.copy(); v[3,4]=9999.0
        v[np.isnan(v)]=9999.0
    ec.codes_set_values(h,v.ravel())
    if packing!="grid_simple": s("packingType",packing)
    b=ec.codes_get_message(h)
    lat=ec.codes_get_array(h,"latitudes");lon=ec.codes_get_array(h,"longitudes");val=ec.codes_get_values(h)
    ec.codes_release(h)
    return b,lat,lon,val
for packing in ["grid_simple","grid_complex","grid_complex_spatial_differencing","grid_jpeg","grid_png","grid_ccsds"]:
    try:
        b=b''
        for t in range(2):
            for k,num in enumerate([2,3]):
                m,lat,lon,val=message(0,2,num,k,t,packing,"ll",nan=packing!="grid_complex_spatial_differencing"); b+=m
        open(f"{out}/{packing}.grib2","wb").write(b); print("ok",packing,len(b))
    except Exception as e: print("FAILED",packing,e)
for grid in ["lambert","stere","rotated","mercator"]:
    try:
        b=b''
        for k,num in enumerate([2,3]):
            m,lat,lon,val=message(10,1,num,k,0,"grid_simple",grid,level=(1,None),nan=False); b+=m
        open(f"{out}/{grid}.grib2","wb").write(b)
        idx=[0,23,24*16,24*16+23,24*7+5]
        print("ok",grid,[(n,round(float(lon[n]),6),round(float(lat[n]),6),round(float(val[n]),4)) for n in idx])
    except Exception as e: print("FAILED",grid,e)
b=b''
for disc,cat,num,lev,t in [(0,2,22,(103,10),0),(0,2,2,(103,100),0),(0,2,3,(103,100),0)]:
    b+=message(disc,cat,num,0,t,"grid_simple","ll",level=lev)[0]
open(f"{out}/gust_and_100m.grib2","wb").write(b)
b=message(10,3,0,0,0,"grid_simple","ll",level=(1,None),temp=True)[0]+message(10,0,14,0,0,"grid_simple","ll",level=(1,None),temp=True)[0]+message(10,0,3,0,0,"grid_simple","ll",level=(1,None))[0]
open(f"{out}/temp.grib2","wb").write(b)
# A wave forecast as ECMWF packs it: height, peak and mean period, direction, Stokes drift and wind; no waves on land, here the
# two westernmost columns. Heights rise eastwards, by 0.4 m from one time to the next.
land=lambda f: lambda i,j: np.where(i<2,np.nan,f(i,j))
b=b''
for t in range(2):
    for disc,cat,num,lev,f in [(10,0,3,(101,None),land(lambda i,j: 0.8+0.05*i+0.4*t)),(10,0,34,(101,None),land(lambda i,j: 5.0+0*i)),
        (10,0,15,(101,None),land(lambda i,j: 4.0+0*i)),(10,0,14,(101,None),land(lambda i,j: 220.0+0*i)),
        (10,0,21,(101,None),land(lambda i,j: 0.06+0*i)),(10,0,22,(101,None),land(lambda i,j: 0.08+0*i)),
        (0,2,2,(103,10),lambda i,j: 5.0+0*i),(0,2,3,(103,10),lambda i,j: 6.0+0*i)]:
        b+=message(disc,cat,num,0,t,"grid_ccsds","ll",level=lev,nan=disc==10,values=f)[0]
open(f"{out}/waves.grib2","wb").write(b)
