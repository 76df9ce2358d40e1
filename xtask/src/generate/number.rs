//! Numbers for a table.

/// At most `digits` significant digits, without trailing zeros.
pub fn significant(value: f64, digits: i32) -> String {
    if value == 0.0 || !value.is_finite() {
        return value.to_string();
    }
    let exponent: i32 = format!("{value:e}").split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0);
    if !(-5..7).contains(&exponent) {
        return format!("{value:.*e}", (digits - 1).max(0) as usize);
    }
    let text = format!("{value:.*}", (digits - 1 - exponent).max(0) as usize);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::significant;

    #[test]
    fn rounds() {
        let say = |v| significant(v, 4);
        assert_eq!([say(0.0), say(1.0), say(276.84), say(0.056_44)], ["0", "1", "276.8", "0.05644"]);
        assert_eq!([say(-0.000_012_345), say(120_000_000.0), say(123_456.0)], ["-0.00001234", "1.200e8", "123456"]);
    }
}
