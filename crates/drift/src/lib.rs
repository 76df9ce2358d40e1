//! Where things go: release, leeway, stranding, density.
