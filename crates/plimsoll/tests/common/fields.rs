//! Files of invented fields: the same as NetCDF and as a Zarr store.

use netcdf_writer::{NcAttrValue, NcFileBuilder, NcWriteOptions};
use std::path::Path;

/// Name and text.
type Attribute = (&'static str, &'static str);

/// A variable on time, latitude and longitude: its name, its attributes, its value at a time, row and column.
pub struct Variable {
    pub name: &'static str,
    pub attributes: Vec<Attribute>,
    pub value: Box<dyn Fn(usize, usize, usize) -> f32>,
}

pub fn variable(
    name: &'static str,
    attributes: &[Attribute],
    value: impl Fn(usize, usize, usize) -> f32 + 'static,
) -> Variable {
    Variable { name, attributes: attributes.to_vec(), value: Box::new(value) }
}

/// Where and when: degrees of the first node with the step, hours since a day.
pub struct Frame {
    pub since: &'static str,
    pub hours: Vec<f64>,
    pub north: [f64; 2],
    pub east: [f64; 2],
    pub rows: usize,
    pub columns: usize,
}

impl Frame {
    /// About the Dover Strait from 00 to 12 UTC, 31 by 41 nodes a twentieth of a degree apart.
    pub fn strait(since: &'static str) -> Self {
        Self {
            since,
            hours: vec![0.0, 3.0, 6.0, 9.0, 12.0],
            north: [50.0, 0.05],
            east: [0.5, 0.05],
            rows: 31,
            columns: 41,
        }
    }

    fn axes(&self) -> [(&'static str, Vec<f64>, Vec<Attribute>); 3] {
        let line = |[first, step]: [f64; 2], n: usize| (0..n).map(|i| first + step * i as f64).collect();
        [
            ("time", self.hours.clone(), vec![("standard_name", "time"), ("units", self.since)]),
            ("lat", line(self.north, self.rows), vec![("units", "degrees_north")]),
            ("lon", line(self.east, self.columns), vec![("units", "degrees_east")]),
        ]
    }

    fn values(&self, v: &Variable) -> Vec<f32> {
        let (rows, columns) = (self.rows, self.columns);
        (0..self.hours.len() * rows * columns)
            .map(|n| (v.value)(n / (rows * columns), n / columns % rows, n % columns))
            .collect()
    }

    /// NetCDF, classic; missing values are `NaN`.
    pub fn netcdf(&self, variables: &[Variable]) -> Vec<u8> {
        let mut b = NcFileBuilder::new();
        let text = |t: &str| NcAttrValue::Chars(t.to_owned());
        let mut dimensions = vec![];
        for (name, values, attributes) in self.axes() {
            let d = b.add_dimension(name, values.len() as u64).unwrap();
            dimensions.push(d);
            let v = b.add_variable::<f64>(name, &[d]).unwrap();
            attributes.iter().for_each(|(k, t)| b.add_variable_attribute(v, *k, text(t)).unwrap());
            b.write_variable(v, &values).unwrap();
        }
        for variable in variables {
            let v = b.add_variable::<f32>(variable.name, &dimensions).unwrap();
            variable.attributes.iter().for_each(|(k, t)| b.add_variable_attribute(v, *k, text(t)).unwrap());
            b.set_variable_fill_value(v, f32::NAN).unwrap();
            b.write_variable(v, &self.values(variable)).unwrap();
        }
        b.to_vec(NcWriteOptions::default()).unwrap().1
    }

    /// A store of edition 2, nothing packed, a chunk for each variable.
    pub fn zarr(&self, folder: &Path, variables: &[Variable]) {
        let write = |name: &str, dtype: &str, dims: &[&str], shape: &[usize], own: &[(&str, &str)], bytes: Vec<u8>| {
            let folder = folder.join(name);
            std::fs::create_dir_all(&folder).unwrap();
            let array = format!(
                "{{\"zarr_format\": 2, \"shape\": {shape:?}, \"chunks\": {shape:?}, \"dtype\": \"{dtype}\", \"filters\": null, \
                 \"compressor\": null, \"fill_value\": \"NaN\", \"order\": \"C\"}}"
            );
            let own: Vec<String> = own.iter().map(|(k, t)| format!("\"{k}\": \"{t}\", ")).collect();
            std::fs::write(folder.join(".zarray"), array).unwrap();
            std::fs::write(folder.join(".zattrs"), format!("{{{}\"_ARRAY_DIMENSIONS\": {dims:?}}}", own.concat()))
                .unwrap();
            std::fs::write(folder.join(vec!["0"; shape.len()].join(".")), bytes).unwrap();
        };
        for (name, values, attributes) in self.axes() {
            let bytes = values.iter().flat_map(|v| v.to_le_bytes()).collect();
            write(name, "<f8", &[name], &[values.len()], &attributes, bytes);
        }
        let shape = [self.hours.len(), self.rows, self.columns];
        for v in variables {
            let bytes = self.values(v).iter().flat_map(|v| v.to_le_bytes()).collect();
            write(v.name, "<f4", &["time", "lat", "lon"], &shape, &v.attributes, bytes);
        }
        std::fs::write(folder.join(".zgroup"), "{\"zarr_format\": 2}").unwrap();
    }
}
