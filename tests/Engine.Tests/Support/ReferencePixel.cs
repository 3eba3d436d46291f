namespace MonaLisa.Engine.Tests;

/// <summary>A pixel as the network sees it: two inputs and the colour to learn, in [0, 1].</summary>
internal sealed record ReferencePixel(float First, float Second, float[] Target);
