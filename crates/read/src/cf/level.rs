//! Which of the levels of a variable is the one at the surface, or at 10 m for a wind.

use super::place::Trouble;
use super::variable::{Store, Variable};
use crate::error::Fault;
use crate::units::Measure;
use plimsoll_sea::field::Quantity;

/// The uppermost layer of water may be this deep at most, m: below it neither a swimmer nor a boat drifts.
const DEEPEST_M: f64 = 5.0;
/// The height of a wind may differ from 10 m by so much, m.
const HEIGHT_TOLERANCE_M: f64 = 1.0;
/// The air's temperature may be taken at up to this height, m.
const HIGHEST_AIR_M: f64 = 12.0;

/// Index and name of the level of `variable` that stands for `quantity`.
pub fn choose(
    file: &dyn Store,
    variable: &Variable,
    dimension: Option<usize>,
    listed: &[&str],
    quantity: Quantity,
) -> Result<(u64, Option<String>), Trouble> {
    let Some(z) = dimension else {
        let scalar = listed.iter().find_map(|n| file.variable(n).filter(|v| v.ndim() == 0 && is_height(v)));
        return match scalar {
            Some(v) => {
                let value = metres(v, file.number_at(v, &[])?)?;
                pick(v.name(), &[value], quantity)
            }
            None => Ok((0, unstated(variable, quantity)?)),
        };
    };
    let d = &variable.dimensions()[z];
    let Some(v) = file.variable(&d.name).filter(|v| v.ndim() == 1) else {
        if d.size == 1 {
            return Ok((0, unstated(variable, quantity)?));
        }
        let found = format!("{} without a coordinate that says where they lie", d.size);
        return Err(Fault::Level { name: d.name.clone(), found, wanted: wanted(quantity) }.into());
    };
    let values = file.numbers(v)?;
    let values = values.into_iter().map(|value| metres(v, value)).collect::<Result<Vec<f64>, Trouble>>()?;
    pick(v.name(), &values, quantity)
}

fn is_height(v: &Variable) -> bool {
    let a = &v.attributes;
    matches!(a.text("standard_name"), Some("height" | "depth")) || (a.text("axis") == Some("Z"))
}

fn metres(v: &Variable, value: f64) -> Result<f64, Trouble> {
    let a = &v.attributes;
    match a.text("units") {
        None | Some("1") => Ok(value),
        Some(unit) => match Measure::Length.conversion(unit) {
            Ok(c) => Ok(value * c.scale),
            Err(_) => {
                let found = format!("in \"{}\"", unit.chars().take(40).collect::<String>());
                Err(Fault::Level { name: v.name().to_owned(), found, wanted: "levels in m" }.into())
            }
        },
    }
}

const fn wanted(q: Quantity) -> &'static str {
    match q {
        Quantity::Wind => "the wind at 10 m",
        Quantity::AirTemperature => "the air within 12 m of the surface",
        _ => "a level within 5 m of the surface",
    }
}

fn pick(name: &str, levels: &[f64], quantity: Quantity) -> Result<(u64, Option<String>), Trouble> {
    let target = if quantity == Quantity::Wind { 10.0 } else { 0.0 };
    let away = |i: &usize| (levels[*i].abs() - target).abs();
    let best = (0..levels.len()).filter(|i| levels[*i].is_finite()).min_by(|a, b| away(a).total_cmp(&away(b)));
    let limit = match quantity {
        Quantity::Wind => HEIGHT_TOLERANCE_M,
        Quantity::AirTemperature => HIGHEST_AIR_M,
        _ => DEEPEST_M,
    };
    match best {
        Some(i) if away(&i) <= limit => Ok((i as u64, Some(format!("{} m", levels[i].abs())))),
        _ => {
            let found = match levels {
                [] => "none".to_owned(),
                [one] => format!("{one} m"),
                [first, .., last] => format!("{first} to {last} m"),
            };
            Err(Fault::Level { name: name.to_owned(), found, wanted: wanted(quantity) }.into())
        }
    }
}

/// Where no coordinate says how high, the name may ("u10", "x_wind_80m"); else the convention is taken, and said to be.
fn unstated(variable: &Variable, quantity: Quantity) -> Result<Option<String>, Trouble> {
    if quantity != Quantity::Wind {
        return Ok(None);
    }
    let a = &variable.attributes;
    let long = a.text("long_name").unwrap_or_default();
    match height_of(variable.name()).or_else(|| height_of(long)) {
        Some(10) => Ok(Some("10 m".to_owned())),
        Some(other) => {
            let found = format!("{other} m by its name");
            Err(Fault::Level { name: variable.name().to_owned(), found, wanted: wanted(quantity) }.into())
        }
        None => Ok(Some("not stated, taken as 10 m".to_owned())),
    }
}

/// The first number of two digits or more in a name: a height, or a pressure.
fn height_of(name: &str) -> Option<u32> {
    name.split(|c: char| !c.is_ascii_digit()).find(|run| (2..=4).contains(&run.len())).and_then(|run| run.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_in_names() {
        for (name, height) in [
            ("u10", Some(10)),
            ("10u", Some(10)),
            ("x_wind_10m", Some(10)),
            ("u100", Some(100)),
            ("x_wind_80m", Some(80)),
            ("u925", Some(925)),
            ("10 metre U wind component", Some(10)),
            ("x_wind", None),
            ("wind_2", None),
        ] {
            assert_eq!(height_of(name), height, "{name}");
        }
    }
}
