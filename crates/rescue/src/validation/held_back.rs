//! Mass immersions that weigh no constant: elsewhere, with other boats, and with what is known of them.

use super::events::ObservedEvent;
use super::facts::{normal, not_reported, uniform};
use crate::survival::Light;
use plimsoll_core::belief::Belief;

/// 2 October 2005, Lake George: a tour boat capsizes, other boats are close, nobody wears a jacket.
#[must_use]
pub fn ethan_allen() -> ObservedEvent {
    ObservedEvent {
        id: "W18",
        name: "2 Oct 2005, Ethan Allen, Lake George",
        people: 48,
        immersed: Belief::Exact(1.0),
        population: [uniform(0.2, 0.6), Belief::Exact(0.0), Belief::Exact(0.0), Belief::Exact(0.0)],
        water_c: normal(20.0, 0.5),
        hs_m: uniform(0.05, 0.2),
        light: Light::Day,
        wreck: [uniform(0.0, 12.0), Belief::Exact(0.0)],
        folded: Belief::Exact(1.0),
        help: vec![
            ("rib-8m", uniform(2.0, 6.0)),
            ("rib-8m", uniform(3.0, 10.0)),
            ("rib-8m", uniform(4.0, 15.0)),
            ("rib-8m", uniform(4.0, 15.0)),
        ],
        lifted: None,
        deaths: 20,
    }
}

/// 6 November 2017, off Libya: a half deflated boat between a patrol vessel that manoeuvres and a rescue ship; panic, people overboard.
/// 130 to 150 aboard; the 20 deaths of the account are a least number, some of them from before anyone came.
#[must_use]
pub fn sea_watch() -> ObservedEvent {
    ObservedEvent {
        id: "W19",
        name: "6 Nov 2017, Sea-Watch, off Libya",
        people: 140,
        // 59 were lifted by the rescue ship's boats, 47 went over to the patrol vessel
        immersed: uniform(0.4, 0.8),
        population: [uniform(0.2, 0.7), uniform(0.0, 0.2), uniform(0.0, 0.2), uniform(0.1, 0.5)],
        water_c: normal(22.0, 0.7),
        hs_m: uniform(0.2, 0.8),
        light: Light::Day,
        wreck: [uniform(8.0, 18.0), uniform(0.0, 12.0)],
        folded: not_reported(),
        help: vec![
            ("patrol-20m", uniform(0.0, 5.0)),
            ("rib-8m", uniform(5.0, 20.0)),
            ("rib-8m", uniform(5.0, 20.0)),
            ("rib-8m", uniform(10.0, 40.0)),
        ],
        lifted: None,
        deaths: 20,
    }
}

/// Mass immersions in the Channel in which everybody lived. Nobody keeps a list of them, so that they can weigh nothing: how many more there
/// were is not known. What is foretold of them must not be next to impossible.
#[must_use]
pub fn everybody_lived() -> [ObservedEvent; 2] {
    let lived = |id, name, people| ObservedEvent {
        id,
        name,
        people,
        immersed: Belief::Exact(1.0),
        population: [uniform(0.2, 0.7), uniform(0.0, 0.2), uniform(0.3, 0.8), uniform(0.1, 0.5)],
        water_c: normal(8.0, 0.7),
        hs_m: uniform(0.1, 0.4),
        light: Light::Day,
        wreck: [uniform(0.0, 12.0), uniform(0.0, 6.0)],
        folded: not_reported(),
        help: vec![],
        lifted: None,
        deaths: 0,
    };
    [
        // calm, sunny; 20 men, 3 women, 5 children in the water when a patrol vessel came upon them, more than an hour in 8 degC; capsized or
        // sunk at about 09:00 (France Bleu, France 3, 5 Apr 2023)
        ObservedEvent {
            population: [uniform(0.2, 0.7), Belief::Exact(0.18), uniform(0.3, 0.8), uniform(0.1, 0.5)],
            help: vec![("patrol-psp-cormoran", uniform(20.0, 60.0)), ("helicopter-le-touquet", uniform(40.0, 80.0))],
            ..lived("H1", "5 Apr 2023, off Ambleteuse", 28)
        },
        // overturned, several on the hull, others in the water; call at 04:00, vessels sent at 04:45, ashore at 07:45 (prefecture, 9 Aug 2019)
        ObservedEvent {
            immersed: uniform(0.3, 0.8),
            water_c: normal(17.9, 0.9),
            light: Light::Night,
            wreck: [uniform(8.0, 14.0), uniform(3.0, 8.0)],
            folded: Belief::Exact(1.0),
            help: vec![("lifeboat-boulogne", uniform(60.0, 180.0)), ("helicopter-le-touquet", uniform(60.0, 120.0))],
            ..lived("H2", "9 Aug 2019, off Boulogne", 11)
        },
    ]
}
