//! Who enters the water where and when, as `plimsoll assess --into-water` writes it: CSV with the columns `option`, `weight`, `time`,
//! `lat`, `lon`, `people` and `jackets`.

use super::places::{PlacesError, Row, column, instant, number, position, table, wrong};
use plimsoll_core::earth::LonLat;
use plimsoll_core::time::Utc;

/// People who enter the water together.
#[derive(Clone, Debug, PartialEq)]
pub struct Entered {
    /// The option under which they do.
    pub option: String,
    /// Share of a realisation that ends so.
    pub weight: f64,
    /// When.
    pub time: Utc,
    /// Where, if the assessment could tell.
    pub place: Option<LonLat>,
    /// How many.
    pub people: f64,
    /// Of these, how many with a jacket that floats them.
    pub jackets: f64,
}

/// Reads a file.
///
/// # Errors
/// [`PlacesError`] with the line.
pub fn parse(bytes: &[u8]) -> Result<Vec<Entered>, PlacesError> {
    const NAMES: [&str; 7] = ["option", "weight", "time", "lat", "lon", "people", "jackets"];
    let Ok(text) = std::str::from_utf8(bytes) else { return wrong("", "this is no text file (UTF-8)") };
    let (head, rows) = table(text.trim_start_matches('\u{feff}'))?;
    let columns = NAMES.map(|name| column(&head, name));
    if let Some((_, name)) = columns.iter().zip(NAMES).find(|(c, _)| c.is_none()) {
        let message =
            format!("the first line names no column `{name}`: `plimsoll assess --into-water` writes such files");
        return wrong("", message);
    }
    let row = |(at, f): Row| {
        let [option, weight, time, lat, lon, people, jackets] = columns.map(|c| f[c.unwrap_or_default()].as_str());
        let of = |text: &str, name: &str, low: f64, high: f64| {
            let v = number(text, name, "number", &at)?;
            let within = format!("{name} is {v}: {low} to {high} is possible");
            if (low..=high).contains(&v) { Ok(v) } else { wrong(at.clone(), within) }
        };
        let degrees = |text: &str, name: &str| number(text, name, "number of degrees", &at);
        let place = match (lat, lon) {
            ("", "") => None,
            _ => Some(position(degrees(lon, "lon")?, degrees(lat, "lat")?, &at)?),
        };
        let people = of(people, "people", 1.0, 10_000.0)?;
        Ok(Entered {
            option: option.to_owned(),
            weight: of(weight, "weight", 0.0, 1.0)?,
            time: instant(time, &at)?,
            place,
            people,
            jackets: of(jackets, "jackets", 0.0, people)?,
        })
    };
    rows.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "# of an assessment\noption,realisation,weight,time,lat,lon,people,jackets\n";

    #[test]
    fn rows_are_read_with_and_without_a_place() {
        let text = format!(
            "{HEAD}engine_disabled,7,1.5e-3,2026-09-14T04:30:00.100Z,51.04,1.51,40,6\n\
             stand_off,7,0.002,2026-09-14T05:30:00Z,,,62,0\n"
        );
        let all = parse(text.as_bytes()).unwrap();
        let place = LonLat::new(1.51, 51.04).unwrap();
        assert_eq!((all.len(), all[0].place, all[1].place), (2, Some(place), None));
        assert_eq!((all[0].weight, all[0].people, all[0].jackets), (1.5e-3, 40.0, 6.0));
    }

    #[test]
    fn faults_are_told_with_their_line() {
        let row = |text: &str| parse(format!("{HEAD}{text}\n").as_bytes()).unwrap_err().to_string();
        for (text, said) in [
            ("a,1,0.1,2026-09-14T04:30:00Z,51,1.5,40", "line 3: 7 fields where the first line names 8"),
            ("a,1,2,2026-09-14T04:30:00Z,51,1.5,40,6", "line 3: weight is 2: 0 to 1 is possible"),
            ("a,1,nan,2026-09-14T04:30:00Z,51,1.5,40,6", "line 3: weight `nan` is no number"),
            ("a,1,0.1,noon,51,1.5,40,6", "line 3: time `noon`"),
            ("a,1,0.1,2026-09-14T04:30:00Z,51,,40,6", "line 3: lon `` is no number of degrees"),
            ("a,1,0.1,2026-09-14T04:30:00Z,51,1.5,40,41", "line 3: jackets is 41: 0 to 40 is possible"),
        ] {
            assert!(row(text).starts_with(said), "{text}: {}", row(text));
        }
        let e = parse(b"lon,lat\n1,2\n").unwrap_err().to_string();
        assert!(e.starts_with("the first line names no column `option`"), "{e}");
    }
}
