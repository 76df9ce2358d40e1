//! Hours without a disturbance: water comes in little by little, and whoever stands by may see it in time.

use super::{Loss, Walker, hazard_of};
use crate::course::{Leg, aboard_at};
use crate::options::Help;
use plimsoll_core::random::{Purpose, Stream};

impl Walker<'_> {
    /// Water aboard from one tick to another without a disturbance. False where it swamps the boat.
    pub(super) fn slow(&mut self, stream: &Stream, leg: &Leg, from: u32, until: u32) -> bool {
        let (water, lost) = self.outer.slow(stream, self.r, leg, self.water_m3, from, until);
        self.water_m3 = water;
        let Some((cause, tick)) = lost else { return true };
        // filling takes minutes to hours, and who stands by may see it and take the people off in time
        let u = stream.uniform(self.r, 1, Purpose::Alarm, 0);
        if leg.help != Help::Nobody && u < self.outer.filling_seen {
            self.finish(None, tick, Some(tick));
            return false;
        }
        self.lose(Loss {
            tick,
            after_trigger_s: None,
            hazard: hazard_of(cause),
            lost: self.lies(stream, cause, None),
            failed: None,
            aboard: aboard_at(leg, tick),
            leg: self.leg,
        });
        false
    }
}
