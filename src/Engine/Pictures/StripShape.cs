namespace MonaLisa.Engine.Pictures;

/// <summary>The shape of a picture that is written in strips.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">Samples a pixel: 1, 3 or 4.</param>
/// <param name="BitDepth">Bits a sample: 8 or 16.</param>
internal readonly record struct StripShape(int Width, int Height, int Channels, int BitDepth);

/// <summary>An encoder of the picture library, which not every build of it has.</summary>
/// <param name="Format">The name that people know its format by.</param>
/// <param name="Saver">The library's name of it.</param>
/// <param name="Others">What to use where it is missing.</param>
internal readonly record struct EncoderName(string Format, string Saver, string Others);
