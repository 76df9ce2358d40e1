//! What a decoder must not be given: it would ask for more memory than there is, and that no border can catch.

/// Whether the values of a message's `field`-th field may be unpacked to `count` nodes; what speaks against it otherwise.
///
/// JPEG 2000 states the size of its image in the code stream, complex packing the number of its groups, and both are
/// believed by their decoders.
pub fn check(message: &[u8], field: usize, count: usize) -> Result<(), String> {
    let mut packing: &[u8] = &[];
    let mut seen = 0;
    for (number, section) in Sections(&message[16.min(message.len())..]) {
        match number {
            5 => packing = section,
            7 => {
                if seen == field {
                    return values(packing, section, count);
                }
                seen += 1;
            }
            _ => {}
        }
    }
    Err("its values are missing".to_owned())
}

/// Sections of a message, each with its number, its header included.
struct Sections<'a>(&'a [u8]);

impl<'a> Iterator for Sections<'a> {
    type Item = (u8, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let length = u32_at(self.0, 0)? as usize;
        let number = *self.0.get(4)?;
        if self.0.starts_with(b"7777") || length < 5 || length > self.0.len() {
            return None;
        }
        let (section, rest) = self.0.split_at(length);
        self.0 = rest;
        Some((number, section))
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn values(packing: &[u8], section: &[u8], count: usize) -> Result<(), String> {
    let short = || "its packing is cut short".to_owned();
    let encoded = u32_at(packing, 5).ok_or_else(short)? as usize;
    if encoded > count {
        return Err(format!("{encoded} packed values for {count} nodes"));
    }
    match u16_at(packing, 9).ok_or_else(short)? {
        2 | 3 => {
            let groups = u32_at(packing, 31).ok_or_else(short)? as usize;
            if groups > encoded.max(1) {
                return Err(format!("{groups} groups for {encoded} packed values"));
            }
            Ok(())
        }
        40 => image(&section[5..], encoded),
        _ => Ok(()),
    }
}

/// The sizes in a JPEG 2000 code stream (ISO 15444-1, A.5.1): image and tile areas, one component.
fn image(stream: &[u8], encoded: usize) -> Result<(), String> {
    // A constant field has no stream.
    if stream.is_empty() {
        return Ok(());
    }
    let siz = stream.starts_with(&[0xff, 0x4f, 0xff, 0x51]);
    let size = |at| u32_at(stream, at).map(|v| v as usize);
    let (Some(x), Some(y), Some(x0), Some(y0)) = (size(8), size(12), size(16), size(20)) else {
        return Err("its image is cut short".to_owned());
    };
    let (Some(tile_x), Some(tile_y), Some(components)) = (size(24), size(28), u16_at(stream, 40)) else {
        return Err("its image is cut short".to_owned());
    };
    let area = x.saturating_sub(x0).saturating_mul(y.saturating_sub(y0));
    // Tiles of the size of the image, or fewer than one for each value.
    let tiles = x.div_ceil(tile_x.max(1)).saturating_mul(y.div_ceil(tile_y.max(1)));
    if !siz || area != encoded || components != 1 || x0 != 0 || y0 != 0 || tiles > 4096 {
        return Err(format!("an image of {x} by {y} for {encoded} packed values"));
    }
    Ok(())
}
