namespace MonaLisa.Engine.Pictures;

/// <summary>A run of places in a dataset's order: its training pixels come first, then its held-out ones.</summary>
/// <param name="First">The first place.</param>
/// <param name="Count">How many.</param>
internal readonly record struct PixelRange(int First, int Count);
