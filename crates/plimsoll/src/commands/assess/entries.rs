//! The file of who enters the water where and when: written as the realisations are run, so that its length costs no memory.

use super::asked::Asked;
use crate::failure::Failure;
use crate::output::Growing;
use crate::progress::Progress;
use plimsoll_assess::entries::{Entry, Way};
use plimsoll_assess::outcome::Partial;
use plimsoll_case::answer::option::Modifier;
use std::fmt::Write as _;
use std::path::Path;

/// Realisations whose people are held at once.
const SLICE: u64 = 1 << 14;

/// The file on its way.
pub struct Entries {
    /// What it goes into.
    pub file: Growing,
    way: Way,
    /// The options that are run, as the answer names them.
    options: Vec<String>,
    /// People with and without a place, each by the weight of its path.
    people: [f64; 2],
}

impl Entries {
    /// Begins the file; `course` is that of a boat under way, degrees true.
    pub fn new(asked: &Asked, path: &Path, course: Option<u16>) -> Result<Self, Failure> {
        let q = &asked.question;
        let named = |i: &usize| {
            let (id, with) = (q.asked[*i].spec.id.as_str(), q.asked[*i].modifiers());
            with.into_iter().map(Modifier::as_str).fold(id.to_owned(), |name, m| name + "+" + m)
        };
        let options = q.running.iter().map(named).collect();
        let mut entries = Self { way: asked.way(course)?, file: Growing::new(path)?, options, people: [0.0; 2] };
        entries.file.add(&head(asked, course))?;
        Ok(entries)
    }

    /// Runs everything, with its people.
    pub fn run(&mut self, asked: &Asked, threads: usize, quiet: bool) -> Result<Partial, Failure> {
        let total = asked.total();
        let bar = Progress::new(total, "realisations", quiet);
        let mut sum: Option<Partial> = None;
        for from in (0..total).step_by(SLICE as usize) {
            let range = from..(from + SLICE).min(total);
            let (part, entries) = asked.run_telling(range, threads, &bar, &self.way)?;
            self.add(&entries)?;
            sum = Some(match sum {
                None => part,
                Some(sum) => sum.merge(part).map_err(|e| Failure::World(e.to_string()))?,
            });
        }
        sum.ok_or_else(|| Failure::Usage("no realisations were asked for".into()))
    }

    fn add(&mut self, entries: &[Entry]) -> Result<(), Failure> {
        let mut rows = String::new();
        for e in entries {
            self.people[usize::from(e.place.is_none())] += e.weight * f64::from(e.people);
            let place = e.place.map_or(",".to_owned(), |p| format!("{:.6},{:.6}", p.lat_deg(), p.lon_deg()));
            let (option, r) = (&self.options[e.option], e.realisation);
            // writing to a string cannot fail
            let _ = writeln!(rows, "{option},{r},{:e},{},{place},{},{}", e.weight, e.time, e.people, e.jackets);
        }
        self.file.add(&rows)
    }

    /// What came of it, in a sentence.
    pub fn told(&self) -> String {
        let [with, without] = self.people;
        let all = with + without;
        if all <= 0.0 {
            return "nobody enters the water in any realisation".into();
        }
        let place = if without > 0.0 {
            let share = 100.0 * without / all;
            format!(
                "; {share:.0} % of them without a place: their boat had been under way on a course that is not known"
            )
        } else {
            String::new()
        };
        format!("people who enter the water are written{place}")
    }
}

/// What the file is and what it leaves out.
fn head(asked: &Asked, course: Option<u16>) -> String {
    let course = course.map_or_else(
        || "lat and lon are empty where the boat has been under way (--course was not given)".to_owned(),
        |c| {
            format!(
                "under way at the speed that is believed of such boats on course {c}, but for turn_back, whose lat and lon \
                 are then empty"
            )
        },
    );
    format!(
        "# Who enters the water where and when, for `plimsoll drift`. plimsoll {}, {}, seed {}, {} realisations, question {}\n\
         # weight: share of the realisation that ends so. people: in the water at the loss of their boat. jackets: of these, with a \
         jacket that floats them\n\
         # lat, lon: the position of the encounter moved by the stream of the scenario, the same all the time; {course}. The leeway of \
         a boat adrift is left out\n\
         # Not here, for they have no time or place in an assessment: people lost overboard one by one, boarding or wading, \
         those in the water already. Not in the water: those whom the flooded boat holds clear\n\
         option,realisation,weight,time,lat,lon,people,jackets\n",
        env!("CARGO_PKG_VERSION"),
        asked.source.name,
        asked.question.seed,
        asked.total(),
        asked.question.digest(),
    )
}
