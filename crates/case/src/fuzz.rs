//! Fuzzing by mutation on a stable compiler: every parser of what people type meets inputs made from good ones by damage.
//!
//! A parser passes when it gives an answer or an error and never panics, and when what it understood it understands again
//! from its own echo. The inputs follow from the seed alone, so a failure is found again by its number.

use crate::scenario::{self, ScenarioError};
use plimsoll_core::earth::LonLat;
use plimsoll_core::random::{Purpose, Stream};
use plimsoll_core::time::Utc;
use plimsoll_core::units::{self, Dimension, Sense};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What is fuzzed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parser {
    /// Scenario files.
    Scenario,
    /// Files of people in the water.
    Water,
    /// Drift cases.
    Drift,
    /// Files of places of release: CSV and GeoJSON.
    Places,
    /// Files of who enters the water.
    Entered,
    /// Quantities with units.
    Quantity,
    /// Speeds with directions.
    Directed,
    /// Positions.
    Position,
    /// Times.
    Time,
}

impl Parser {
    /// Every parser.
    pub const ALL: [Self; 9] = [
        Self::Scenario,
        Self::Water,
        Self::Drift,
        Self::Places,
        Self::Entered,
        Self::Quantity,
        Self::Directed,
        Self::Position,
        Self::Time,
    ];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scenario => "scenario",
            Self::Water => "people in the water",
            Self::Drift => "drift case",
            Self::Places => "places of release",
            Self::Entered => "who enters the water",
            Self::Quantity => "quantity",
            Self::Directed => "directed speed",
            Self::Position => "position",
            Self::Time => "time",
        }
    }

    /// Good inputs to damage.
    #[must_use]
    pub fn seeds(self) -> &'static [&'static str] {
        match self {
            Self::Scenario => &[
                include_str!("../../../examples/dover-strait.toml"),
                "[boat]\nlength = \"8.5 m\"\ntubes = { port = 1.0, starboard = { low = 0.5, high = 0.75 } }\n[aboard]\npeople = \
                 { values = [40, 60], weights = [1, 3] }\n[sea]\nhs = { mean = \"40 cm\", sd = \"10 cm\" }\nwater = \"290 K\"\nlight = \
                 \"day\"\nwind = { low = \"5 kn\", high = \"12 kn\", from = 230 }\n[run]\nrealisations = 1000\nhorizon = \"6 h\"\n",
                "aboard.people = 62\nsea.hs = \"0.4 m\"\nplace = { time = 2026-09-14T04:20:00+02:00, position = \"51 02.0N 001 30.0E\", \
                 bound_for = \"3 h\" }\noptions = { only = [\"stand_off\"], with = [\"floats_first\"] }\n",
            ],
            Self::Water => &[
                "[water]\npeople = { low = 30, high = 40 }\nchildren = 4\nminutes = 30\ntemperature = \"13 \
                 degC\"\nhold = \"wreck\"\nhs = \"0.4 m\"\nlight = \"night\"\n",
                "water.people = 12\nwater.minutes = \"0.5 h\"\nwater.temperature = \"53 degF\"\nwater.jackets = 0.5\n",
                "[water]\npeople = 3 # seen from the air\nsince = 2026-09-14T03:40:00Z # the first call\ntemperature = \"13 degC\"\n",
            ],
            Self::Drift => &[
                include_str!("../../../examples/drift/dover-strait.toml"),
                "[object]\ncategory = \"person-jacket\"\n[release]\nnumber = 100\nposition = \"51.03N 1.5E\"\nradius = \"500 m\"\nshape \
                 = \"disc\"\ntime = [2026-11-24T04:00:00Z, 2026-11-24T06:00:00Z]\n[run]\nhours = 24\nstep = \"600 s\"\noutput = \"1 \
                 h\"\nscheme = \"rk4\"\nland = false\njibe_per_hour = 0.04\n[sea]\nfrom = [\"currents.nc\", \"winds.nc\"]\n",
            ],
            Self::Places => &[
                "lon,lat,time\n1.5,51.0,2026-11-24T04:00:00Z\n1.6,51.1,2026-11-24T05:00:00Z\n",
                "# seen from the air\nlat;lon\n51.0;1.5\n",
                "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Point\",\
                 \"coordinates\":[1.5,51.0]}}]}",
                "{\"type\":\"Polygon\",\"coordinates\":[[[1.4,50.9],[1.6,50.9],[1.5,51.1],[1.4,50.9]]]}",
            ],
            Self::Entered => &["# of an assessment\noption,realisation,weight,time,lat,lon,people,jackets\n\
                 engine_disabled,7,1.5e-3,2026-09-14T04:30:00.100Z,51.04,1.51,40,6\nstand_off,7,0.002,2026-09-14T05:30:00Z,,,62,0\n"],
            Self::Quantity => &["0.6 m", "15 in", "-1.5e-3 degC", "12 °C", "1,5 m3", "20 min", "8 km/h", "NaN L"],
            Self::Directed => &["15 kn from 240", "1.2 kn toward 045", "8 m/s from SW", "3 km/h towards 359.5 deg"],
            Self::Position => &[
                "51 02.0N 001 30.0E",
                "51°02'00\"N 1°30'00\"E",
                "51-02.0N 001-30.0E",
                "51.033N, 1.5E",
                "lat 51.03, lon -1.50",
                "N5102.30 E00130.00",
            ],
            Self::Time => &["2026-09-14T04:20:00Z", "2026-09-14 04:20:00.250+02:00", "2024-02-29T23:59:59-05:30"],
        }
    }

    /// Feeds one input; an `Err` says what it did wrong.
    fn feed(self, bytes: &[u8]) -> Result<bool, String> {
        let text = String::from_utf8_lossy(bytes);
        match self {
            Self::Water => {
                let now = Utc::from_millis(1_789_360_800_000).ok_or("no time")?;
                scenario::water::parse(bytes, now).map_or_else(|e| refusal(&e, bytes), |_| Ok(true))
            }
            Self::Scenario => match scenario::parse(bytes, &[]) {
                Ok(s) => {
                    let json = serde_json::to_value(&s.encounter).map_err(|e| e.to_string())?;
                    crate::answer::digest::of_value(&json).map_err(|e| e.to_string())?;
                    Ok(true)
                }
                Err(e) => refusal(&e, bytes),
            },
            // a refusal says what is wrong
            Self::Places => told(crate::drift::places::parse(bytes)),
            Self::Entered => told(crate::drift::entered::parse(bytes)),
            Self::Drift => crate::drift::parse(bytes).map_or_else(|e| refusal(&e, bytes), |_| Ok(true)),
            Self::Quantity => {
                let mut understood = false;
                for d in [
                    Dimension::Length,
                    Dimension::Speed,
                    Dimension::Temperature,
                    Dimension::Volume,
                    Dimension::Duration,
                ] {
                    if let Ok(q) = units::parse(&text, d) {
                        understood = true;
                        same(units::parse(&q.to_string(), d).as_ref(), &q)?;
                    }
                }
                Ok(understood)
            }
            Self::Directed => {
                let mut understood = false;
                for sense in [Sense::From, Sense::Toward] {
                    if let Ok(d) = units::parse_directed(&text, sense) {
                        understood = true;
                        same(units::parse_directed(&d.to_string(), sense).as_ref(), &d)?;
                    }
                }
                Ok(understood)
            }
            Self::Position => text.parse::<LonLat>().map_or(Ok(false), |p| {
                let back: LonLat = p.dm(5).parse().map_err(|e| format!("{p:?}: echo not understood: {e}"))?;
                let close = (back.lat_deg() - p.lat_deg()).abs() < 1e-6 && (back.lon_deg() - p.lon_deg()).abs() < 1e-6;
                if close { Ok(true) } else { Err(format!("{p:?} came back as {back:?}")) }
            }),
            Self::Time => text.parse::<Utc>().map_or(Ok(false), |t| {
                same(t.to_string().parse::<Utc>().as_ref(), &t)?;
                Ok(true)
            }),
        }
    }
}

/// A refusal must say something, and at a place within the file.
fn told<T>(read: Result<T, impl std::fmt::Display>) -> Result<bool, String> {
    match read {
        Ok(_) => Ok(true),
        Err(e) if e.to_string().is_empty() => Err("it refuses without a word".into()),
        Err(_) => Ok(false),
    }
}

fn refusal(e: &ScenarioError, bytes: &[u8]) -> Result<bool, String> {
    if e.problems.is_empty() {
        return Err("refused without a problem".into());
    }
    for p in &e.problems {
        let within = p.span.as_ref().is_none_or(|s| s.start <= s.end && s.end <= bytes.len());
        if !within || p.message.is_empty() || (p.span.is_some() && p.line == 0) {
            return Err(format!("a problem without place or message: {p:?}"));
        }
    }
    Ok(false)
}

fn same<T: PartialEq + std::fmt::Debug, E: std::fmt::Debug>(back: Result<&T, E>, there: &T) -> Result<(), String> {
    match back {
        Ok(back) if back == there => Ok(()),
        other => Err(format!("{there:?} came back as {other:?}")),
    }
}

/// What a parser did with its inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The parser.
    pub parser: Parser,
    /// Inputs fed.
    pub inputs: u64,
    /// Inputs that were still understood.
    pub understood: u64,
    /// Failures: number of the input, the input, what went wrong. At most ten are kept.
    pub failures: Vec<(u64, String, String)>,
}

/// Feeds `n` inputs to `parser`, those numbered `first` and on.
///
/// Panics are caught and counted as failures; the panic hook still prints them.
#[must_use]
pub fn run(parser: Parser, seed: u64, first: u64, n: u64) -> Tally {
    let mut tally = Tally { parser, inputs: 0, understood: 0, failures: Vec::new() };
    for i in first..first + n {
        let bytes = input(parser, seed, i);
        let outcome = catch_unwind(AssertUnwindSafe(|| parser.feed(&bytes)));
        tally.inputs += 1;
        let fault = match outcome {
            Ok(Ok(understood)) => {
                tally.understood += u64::from(understood);
                continue;
            }
            Ok(Err(fault)) => fault,
            Err(_) => "panic".into(),
        };
        if tally.failures.len() < 10 {
            tally.failures.push((i, String::from_utf8_lossy(&bytes).into_owned(), fault));
        }
    }
    tally
}

/// Whether `parser` understands these bytes.
#[must_use]
pub fn understood(parser: Parser, bytes: &[u8]) -> bool {
    parser.feed(bytes) == Ok(true)
}

/// Bytes that parsers trip over.
const NASTY: &[&str] = &[
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "=",
    ",",
    ".",
    "-",
    "+",
    "#",
    "\n",
    "\r\n",
    "\0",
    "\u{feff}",
    "°",
    "′",
    "−",
    "é",
    "\u{202e}",
    "nan",
    "inf",
    "-inf",
    "1e999",
    "99999999999999999999",
    "1e-400",
    "0x1F",
    "1_000",
    " ",
    "\t",
    "N",
    "S",
    "E",
    "W",
    "from",
    "toward",
    "m",
    "kn",
    "degC",
    "lat",
    "lon",
    ":",
    "60",
    "Z",
    "+25:00",
    "low",
    "high",
    "likely",
    "mean",
    "sd",
    "values",
    "weights",
    "basis",
    "value",
    "[[",
    "]]",
    "\"\"\"",
    "\\u0000",
    "true",
    "2026-02-30",
];

/// Input number `i`: a good one with one to eight damages.
#[must_use]
pub fn input(parser: Parser, seed: u64, i: u64) -> Vec<u8> {
    let stream = Stream::new(seed);
    let mut step = 0;
    let mut draw = |below: usize| {
        let [bits, ..] = stream.block(i, step, Purpose::Test, parser as u32);
        step += 1;
        bits as usize % below.max(1)
    };
    let seeds = parser.seeds();
    let mut bytes = seeds[draw(seeds.len())].as_bytes().to_vec();
    for _ in 0..=draw(8) {
        let at = draw(bytes.len() + 1);
        match draw(8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << draw(8),
            1 if at < bytes.len() => bytes[at] = draw(256) as u8,
            2 => {
                let end = (at + 1 + draw(12)).min(bytes.len());
                bytes.drain(at..end);
            }
            3 => {
                // A piece of the input once more, somewhere else: nested tables, keys twice, numbers run together.
                let end = (at + 1 + draw(40)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                let to = draw(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            4 => bytes.truncate(at.max(1)),
            5 => {
                let other = seeds[draw(seeds.len())].as_bytes();
                let from = draw(other.len());
                let end = (from + draw(30)).min(other.len());
                bytes.splice(at..at, other[from..end].iter().copied());
            }
            _ => {
                let piece = NASTY[draw(NASTY.len())];
                bytes.splice(at..at, piece.bytes());
            }
        }
    }
    bytes
}
