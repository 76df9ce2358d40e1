use super::*;

fn read(text: &str) -> LonLat {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
}

#[test]
fn the_usual_spellings_are_one_place() {
    let place = LonLat::new(1.5, 51.0 + 2.0 / 60.0).unwrap();
    for text in [
        "51 02.0N 001 30.0E",
        "51 02N 001 30E",
        "51-02.0N 001-30.0E",
        "51°02'00\"N 1°30'00\"E",
        "51°02′00″N, 1°30′00″E",
        "51º 02' 00'' N 001º 30' 00'' E",
        "N51 02.0 E001 30.0",
        "N 51°02.0', E 1°30.0'",
        "001 30.0E 51 02.0N",
        "51 02 00 n 1 30 00 e",
        "51 deg 02 min N 1 deg 30 min E",
        "51.033333333333333N 1.5E",
        "lat 51.033333333333333, lon 1.5",
        "lon=1.5 lat=51.033333333333333",
        "latitude: +51.033333333333333; longitude: 1.5",
        "51 02.0N/001 30.0E",
    ] {
        let p = read(text);
        assert!((p.lat_deg() - place.lat_deg()).abs() < 1e-12 && p.lon_deg() == 1.5, "{text}: {p:?}");
    }
    let p = read("34 30.6S 058 22.9W");
    assert!(p.lat_deg() < 0.0 && p.lon_deg() < 0.0);
    assert_eq!(read("lat -34.51, lon -58.3816667").to_string(), "34 30.6S 058 22.9W");
}

#[test]
fn the_echo_reads_back() {
    for i in 0..2000_u32 {
        let place = LonLat::wrapped(f64::from(i) * 0.7919 - 300.0, f64::from(i % 1799) * 0.1 - 89.9);
        let (dm, decimal) = (read(&place.dm(5)), read(&place.decimal()));
        for p in [dm, decimal] {
            assert!((p.lat_deg() - place.lat_deg()).abs() < 6e-6 && (p.lon_deg() - place.lon_deg()).abs() < 6e-6);
        }
    }
    assert_eq!(LonLat::new(1.99999, 50.99999).unwrap().dm(1), "51 00.0N 002 00.0E");
    assert_eq!(LonLat::new(-0.0000001, 0.0).unwrap().dm(1), "00 00.0N 000 00.0E");
}

#[test]
fn what_could_mean_two_places_is_refused_with_both() {
    for (text, a, b) in [
        ("51.02.30N 1.30.00E", "51 02.30N", "51 02 30N"),
        ("5102N 00130E", "51 02N", "51.02N"),
        ("510230N 0013000E", "51 02 30N", "5102 30N"),
        ("51.03, 1.50", "lat 51.03, lon 1.5", "lat 1.5, lon 51.03"),
    ] {
        let e = text.parse::<LonLat>().unwrap_err();
        assert!(matches!(e, PositionError::Ambiguous { .. }), "{text}: {e}");
        let e = e.to_string();
        assert!(e.contains(a) && e.contains(b), "{text}: {e}");
    }
    let e = "5102.5N 00130.0E".parse::<LonLat>().unwrap_err().to_string();
    assert!(e.contains("51 02.5N"), "{e}");
}

#[test]
fn what_is_wrong_is_named() {
    let err = |t: &str| t.parse::<LonLat>().unwrap_err();
    assert!(matches!(err("51 75N 1 30E"), PositionError::OutOfRange { what: "minutes", .. }));
    assert!(matches!(err("51 02 60N 1 30 00E"), PositionError::OutOfRange { what: "seconds", .. }));
    assert!(matches!(err("91N 1E"), PositionError::OutOfRange { what: "latitude", .. }));
    assert!(matches!(err("51N 181E"), PositionError::OutOfRange { what: "longitude", .. }));
    assert!(matches!(err("51,03N 1,50E"), PositionError::Comma { .. }));
    for bad in [
        "",
        "N",
        "here",
        "51N",
        "51N 1",
        "51N 50N",
        "51.5 30N 1 30E",
        "51 02 03 04N 1E",
        "51'N 1E",
        "-51N 1E",
        "51N 1E 3",
        "lat 51",
        "lat 51 lat 51",
        "51 02.0N 001 30.0E,",
        "1..5N 1E",
        ".N .E",
        "51N1E..",
        "lat . lon .",
    ] {
        assert!(matches!(err(bad), PositionError::NotAPosition { .. }), "{bad}: {:?}", err(bad));
    }
    assert!(LonLat::new(f64::NAN, 0.0).is_err());
}

#[test]
fn json_is_checked() {
    let p: LonLat = serde_json::from_str(r#"{"lat_deg":51.0,"lon_deg":1.5}"#).unwrap();
    assert_eq!(serde_json::to_string(&p).unwrap(), r#"{"lat_deg":51.0,"lon_deg":1.5}"#);
    assert!(serde_json::from_str::<LonLat>(r#"{"lat_deg":95.0,"lon_deg":1.5}"#).is_err());
}
