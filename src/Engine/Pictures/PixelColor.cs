using System.Globalization;

namespace MonaLisa.Engine;

/// <summary>A place of a picture, and its colour in sRGB.</summary>
public sealed record PixelColor
{
    private const int Grey = 1, Rgba = 4;

    /// <summary>The picture's short name, or the network's.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The distance from the left edge in widths of the picture, 0 to 1.</summary>
    public double X { get; internal init; }

    /// <summary>The distance from the upper edge in heights of the picture, 0 to 1.</summary>
    public double Y { get; internal init; }

    /// <summary>The column of the pixel at the place, from 0 at the left; null where the picture's size is not known.</summary>
    public int? Column { get; internal init; }

    /// <summary>Its row, from 0 at the top; null where the picture's size is not known.</summary>
    public int? Row { get; internal init; }

    /// <summary>Red, 0 to 1; of a grey picture the grey, as <see cref="Green"/> and <see cref="Blue"/> are.</summary>
    public float Red { get; internal init; }

    /// <summary>Green, 0 to 1.</summary>
    public float Green { get; internal init; }

    /// <summary>Blue, 0 to 1.</summary>
    public float Blue { get; internal init; }

    /// <summary>Alpha, 0 (transparent) to 1; null of a picture without alpha.</summary>
    public float? Alpha { get; internal init; }

    /// <summary>The colour in 8 bits a sample as web pages write it: <c>#F5F5DB</c>, with alpha <c>#F5F5DBFF</c>.</summary>
    public string Hex => string.Concat("#", Digits(Red), Digits(Green), Digits(Blue), Alpha is float alpha ? Digits(alpha) : "");

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({X:G4}, {Y:G4}) {Hex}");

    /// <summary>The colour of a place; samples beyond 0 and 1 are taken as those.</summary>
    /// <param name="name">The picture's short name.</param>
    /// <param name="x">The place across.</param>
    /// <param name="y">The place down.</param>
    /// <param name="samples">1 (grey), 3 (red, green and blue) or 4 (those and alpha).</param>
    internal static PixelColor Of(string name, double x, double y, ReadOnlySpan<float> samples)
    {
        bool isGrey = samples.Length == Grey;
        return new PixelColor
        {
            Name = name,
            X = x,
            Y = y,
            Red = Math.Clamp(samples[0], 0f, 1f),
            Green = Math.Clamp(samples[isGrey ? 0 : 1], 0f, 1f),
            Blue = Math.Clamp(samples[isGrey ? 0 : 2], 0f, 1f),
            Alpha = samples.Length == Rgba ? Math.Clamp(samples[3], 0f, 1f) : null,
        };
    }

    /// <summary>The pixel at a place of a side.</summary>
    internal static int PixelAt(double place, int count) => Math.Min((int)(place * count), count - 1);

    /// <summary>Throws unless a place is in the picture.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    internal static void RequirePlace(double x, double y)
    {
        Require(x, "X", "0 at the left edge to 1 at the right", "column c is at (c + 0.5) / width");
        Require(y, "Y", "0 at the upper edge to 1 at the lower", "row r is at (r + 0.5) / height");

        static void Require(double place, string name, string range, string pixels)
        {
            if (place is not (>= 0 and <= 1))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"{name} is {place}; it is from {range}. The centre of {pixels}."));
        }
    }

    private static string Digits(float sample) => ((int)(sample * byte.MaxValue + 0.5f)).ToString("X2", CultureInfo.InvariantCulture);
}
