//! `plimsoll tide`: height and stream from the atlas that the program carries.

use crate::answer::Delivery;
use crate::builtin;
use crate::cli::Tide as Arguments;
use crate::failure::Failure;
use plimsoll_case::answer::assess::{ConstantUsed, DataUsed, RestsOn};
use plimsoll_case::answer::tide::{ConstituentHere, Stream, TideError, TidePoint, Water};
use plimsoll_case::answer::{Answer as _, Quantiles, State, TideAnswer, digest};
use plimsoll_case::credibility::lowest;
use plimsoll_core::belief::Belief;
use plimsoll_core::earth::LonLat;
use plimsoll_core::time::Utc;
use plimsoll_core::units::KNOT_M_S;
use plimsoll_core::units::{self, Dimension};
use plimsoll_report::{page, text};
use plimsoll_sea::ledger::LEDGER;
use plimsoll_sea::tide::atlas::NAMES;
use plimsoll_sea::tide::{Atlas, Local, Refused, Weights};

const MINUTE_MS: i64 = 60_000;
/// Steps of the drawing.
const CURVE_MIN: u32 = 10;

/// What was asked.
struct Asked {
    position: LonLat,
    from: Utc,
    to: Utc,
    every_min: u32,
}

/// Answers for a place and a day.
pub fn run(args: &Arguments) -> Result<(), Failure> {
    let delivery = Delivery::new(&args.answering, Some(&args.paged), &[])?;
    let asked = Asked::read(args)?;
    let atlas = Atlas::dover_strait();
    // The end of the last year is the start of the next.
    for time in [Some(asked.from), Utc::from_millis(asked.to.millis() - 1)].into_iter().flatten() {
        Atlas::check_time(time).map_err(|e| refuse(&e))?;
    }
    let local = atlas.at(asked.position).map_err(|e| refuse(&e))?;
    delivery.write(&answer(&asked, &local)?, text::tide, Some(page::tide))
}

impl Asked {
    fn read(args: &Arguments) -> Result<Self, Failure> {
        let position = args.at.parse().map_err(|e| Failure::input(format!("--at: {e}"), ""))?;
        let (from, hours) = match (&args.day, &args.from) {
            (Some(day), _) => (midnight(day)?, 24),
            (None, from) => {
                let from = from.as_deref().unwrap_or_default();
                let from = from.parse().map_err(|e| Failure::input(format!("--from: {e}"), ""))?;
                (from, i64::from(args.hours.unwrap_or(24)))
            }
        };
        let to = Utc::from_millis(from.millis() + hours * 60 * MINUTE_MS)
            .ok_or_else(|| Failure::input("--from: the end is beyond the year 9999", ""))?;
        Ok(Self { position, from, to, every_min: minutes(&args.every)? })
    }

    /// Instants from the first to the last, `step_min` apart.
    fn times(&self, step_min: u32) -> impl Iterator<Item = Utc> {
        let step = i64::from(step_min) * MINUTE_MS;
        let count = (self.to.millis() - self.from.millis()) / step;
        (0..=count).filter_map(move |k| Utc::from_millis(self.from.millis() + k * step))
    }
}

/// The start of a day that is written as a date.
fn midnight(day: &str) -> Result<Utc, Failure> {
    let help = "write --day as 2026-11-24, or give --from with a time";
    // A time in it would be somebody's instant, not a day.
    if day.trim().len() > 10 {
        return Err(Failure::input(format!("--day: \"{}\" is not a date", shown(day)), help));
    }
    let start = format!("{}T00:00:00Z", day.trim());
    start.parse().map_err(|_| Failure::input(format!("--day: \"{}\" is not a date", shown(day)), help))
}

fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}

/// Minutes of a step: whole, and few enough rows to read.
fn minutes(every: &str) -> Result<u32, Failure> {
    let quantity = units::parse(every, Dimension::Duration).map_err(|e| Failure::input(format!("--every: {e}"), ""))?;
    let minutes = quantity.base / 60.0;
    if minutes.fract() != 0.0 || !(5.0..=720.0).contains(&minutes) {
        let help = "allowed: whole minutes from \"5 min\" to \"12 h\"";
        return Err(Failure::input(format!("--every: \"{}\" is no step of the table", shown(every)), help));
    }
    Ok(minutes as u32)
}

/// Says what is refused, and where the nearest answer would be.
fn refuse(why: &Refused) -> Failure {
    let option = if matches!(why, Refused::Year { .. }) { "" } else { "--at: " };
    Failure::input(format!("{option}{why}"), builtin::help(why))
}

fn answer(asked: &Asked, local: &Local) -> Result<TideAnswer, Failure> {
    let error = local.error();
    let point = |time: Utc| {
        let tide = local.tide(&Weights::at(time));
        TidePoint {
            time,
            height_m: tide.level_m,
            east_m_s: tide.stream_m_s[0],
            north_m_s: tide.stream_m_s[1],
            rate_kn: tide.speed_m_s() / KNOT_M_S,
            toward_deg: tide.toward_deg(),
        }
    };
    let waters = local.high_and_low_waters(asked.from, asked.to);
    let streams = local.strong_and_slack_streams(asked.from, asked.to);
    let used = LEDGER.constants().filter(|c| c.id.starts_with("tide."));
    let atlas = DataUsed { name: builtin::ATLAS.into(), sha256: digest::of_bytes(Atlas::bytes()), quantity: None };
    let mut answer = TideAnswer {
        schema: TideAnswer::tag(),
        version: env!("CARGO_PKG_VERSION").into(),
        digest: String::new(),
        position: asked.position,
        from: asked.from,
        to: asked.to,
        every_min: asked.every_min,
        state: State::Assessed,
        reasons: vec![],
        land_m: (local.land_m < Local::FAR_M).then_some(local.land_m),
        inshore: error.inshore,
        error: TideError {
            stream_m_s: quantiles(&error.stream_m_s),
            height_m: quantiles(&error.level_m),
            water_time_min: quantiles(&error.water_time_min),
        },
        axis_deg: local.axis_deg(),
        waters: waters.iter().map(|w| Water { time: w.time, high: w.greatest, height_m: w.value }).collect(),
        streams: streams
            .iter()
            .map(|s| {
                let at = point(s.time);
                let off = |error_m_s: f64| local.turn_error_s(s.time, error_m_s) / 60.0;
                let q = quantiles(&error.stream_m_s);
                let time_error = Quantiles { q05: off(q.q05), q50: off(q.q50), q95: off(q.q95) };
                Stream {
                    time: s.time,
                    slack: !s.greatest,
                    rate_kn: at.rate_kn,
                    toward_deg: at.toward_deg,
                    time_error_min: (!s.greatest).then_some(time_error),
                }
            })
            .collect(),
        series: asked.times(asked.every_min).map(point).collect(),
        curve: asked.times(CURVE_MIN).map(point).collect(),
        constituents: constituents(local),
        credibility: Some(lowest()),
        rests_on: RestsOn::of(used.map(|c| ConstantUsed::new(&LEDGER.name, c)).collect(), vec![atlas]),
    };
    answer.digest = digest::of(&answer)
        .map_err(|e| Failure::World(format!("this is a fault of plimsoll, please report it: {e}")))?;
    Ok(answer)
}

fn quantiles(belief: &Belief) -> Quantiles {
    Quantiles { q05: belief.quantile(0.05), q50: belief.quantile(0.5), q95: belief.quantile(0.95) }
}

fn constituents(local: &Local) -> Vec<ConstituentHere> {
    let here = |(k, name): (usize, &str)| {
        let [level, east, north] = local.constituent(k);
        ConstituentHere {
            name: name.into(),
            height_m: level.size(),
            height_lag_deg: level.lag_deg(),
            east_m_s: east.size(),
            east_lag_deg: east.lag_deg(),
            north_m_s: north.size(),
            north_lag_deg: north.lag_deg(),
        }
    };
    NAMES.into_iter().enumerate().map(here).collect()
}
