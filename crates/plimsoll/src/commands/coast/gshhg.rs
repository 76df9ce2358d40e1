//! The shorelines of GSHHG as the Generic Mapping Tools carry them: `binned_GSHHS_f.nc`, cut at whole degrees.
//!
//! The file has no published description; GMT's `gmt_shore.c` is one. Bins of a degree go east from Greenwich, then south from the
//! pole. A bin has the levels of its corners (three bits each, from bit 9 down: south-west, south-east, north-east, north-west; 0 the
//! ocean, 1 land, 2 a lake, ...) and segments: a word with the number of corners from bit 9, the level that it encloses from
//! bit 6, and the sides of the bin where it enters and leaves. Corners are in 1/65535 degree from the south-west.

use crate::failure::Failure;
use netcdf_reader::NcFile;
use plimsoll_sea::coast::{Bin, Origin, Region};
use std::io::ErrorKind;
use std::path::Path;

/// Its name, in every package.
const NAME: &str = "binned_GSHHS_f.nc";
/// South of this, two versions of Antarctica (ice and rock) share the file.
const SOUTHERNMOST: i16 = -60;

/// The parts of the file that make a coast.
pub struct Gshhg {
    name: String,
    edition: String,
    levels_of_corners: Vec<i16>,
    first_segment: Vec<i32>,
    segments: Vec<i16>,
    words: Vec<i32>,
    first_corner: Vec<i32>,
    east: Vec<i16>,
    north: Vec<i16>,
}

impl Gshhg {
    /// Reads the file at `path`, or of its usual name in the folder `path`.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let path = if path.is_dir() { path.join(NAME) } else { path.to_owned() };
        let name = path.display().to_string();
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == ErrorKind::NotFound => return Err(absent(&path)),
            Err(e) => return Err(Failure::file("read", &path, e)),
        };
        let refuse = |e: netcdf_reader::Error| {
            Failure::input(
                format!("{name} is not the shoreline file of GMT: {e}"),
                format!("wanted is {NAME}, full resolution: apt-get install gmt-gshhg-full"),
            )
        };
        let file = NcFile::from_vec(bytes).map_err(refuse)?;
        let edition = file.global_attribute("version").map_err(refuse)?.value.as_string().unwrap_or_default();
        let words = |variable: &str| -> Result<Vec<i32>, Failure> {
            file.read_variable::<i32>(variable).map(|a| a.into_iter().collect()).map_err(refuse)
        };
        let shorts = |variable: &str| -> Result<Vec<i16>, Failure> {
            file.read_variable::<i16>(variable).map(|a| a.into_iter().collect()).map_err(refuse)
        };
        let minutes = words("Bin_size_in_minutes")?;
        let read = Self {
            name: name.clone(),
            edition,
            levels_of_corners: shorts("Embedded_node_levels_in_a_bin")?,
            first_segment: words("Id_of_first_segment_in_a_bin")?,
            segments: shorts("N_segments_in_a_bin")?,
            words: words("Embedded_npts_levels_exit_entry_for_a_segment")?,
            first_corner: words("Id_of_first_point_in_a_segment")?,
            east: shorts("Relative_longitude_from_SW_corner_of_bin")?,
            north: shorts("Relative_latitude_from_SW_corner_of_bin")?,
        };
        let bins = [read.levels_of_corners.len(), read.first_segment.len(), read.segments.len()];
        if minutes != [60] || bins != [360 * 180; 3] {
            return Err(Failure::input(
                format!("{name} does not have its shorelines in bins of a degree: it is not of full resolution"),
                format!("wanted is {NAME}: apt-get install gmt-gshhg-full"),
            ));
        }
        Ok(read)
    }

    /// What the tiles say of their origin.
    pub fn origin(&self) -> Origin {
        Origin {
            source: "GSHHG, full resolution, level 1 (ocean and land), from binned_GSHHS_f.nc of GMT".into(),
            edition: self.edition.clone(),
            licence: "LGPL-3.0-or-later; P. Wessel and W. H. F. Smith, www.soest.hawaii.edu/pwessel/gshhg".into(),
        }
    }

    /// The bins of a region: shorelines of the ocean alone.
    pub fn bins(&self, region: Region) -> Result<Vec<Bin>, Failure> {
        if region.bounds_deg()[1] < SOUTHERNMOST {
            return Err(Failure::input(
                "south of 60 S this program builds no coast: the file holds two versions of Antarctica, ice and rock",
                "choose a region north of 60 S",
            ));
        }
        region.corners_deg().map(|[w, s]| self.bin(w, s)).collect()
    }

    fn bin(&self, west_deg: i16, south_deg: i16) -> Result<Bin, Failure> {
        let number = (89 - i32::from(south_deg)) * 360 + i32::from(west_deg).rem_euclid(360);
        let bin = usize::try_from(number).map_err(|_| self.damaged())?;
        let corner_is_land = (self.levels_of_corners[bin] >> 9) & 7 > 0;
        let mut chains = Vec::new();
        for i in 0..i32::from(self.segments[bin]) {
            let segment = usize::try_from(self.first_segment[bin] + i).map_err(|_| self.damaged())?;
            let found = self.words.get(segment).zip(self.first_corner.get(segment));
            let (&word, &first) = found.ok_or_else(|| self.damaged())?;
            let level = (word >> 6) & 7;
            if level != 1 {
                continue;
            }
            let corners = first as usize..first as usize + (word >> 9) as usize;
            let found = self.east.get(corners.clone()).zip(self.north.get(corners));
            let (east, north) = found.ok_or_else(|| self.damaged())?;
            // The file's numbers have a sign that its makers ignore.
            chains.push(east.iter().zip(north).map(|(&x, &y)| [x.cast_unsigned(), y.cast_unsigned()]).collect());
        }
        Ok(Bin { corner_is_land, chains })
    }

    fn damaged(&self) -> Failure {
        Failure::input(format!("{}: its parts contradict each other: the file is damaged", self.name), "")
    }
}

/// The package is not there: say how to get it.
fn absent(path: &Path) -> Failure {
    Failure::input(
        format!("{}: no such file", path.display()),
        "on Debian and Ubuntu the shorelines come with `apt-get install gmt-gshhg-full`; elsewhere give --from the folder \
         that holds binned_GSHHS_f.nc of the Generic Mapping Tools (gshhg-gmt-2.3.7.tar.gz)",
    )
}
