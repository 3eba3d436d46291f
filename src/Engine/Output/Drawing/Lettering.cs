using System.Text;
using OxyPlot;

namespace MonaLisa.Engine.Output;

/// <summary>Letters to draw texts with.</summary>
internal interface ILettering
{
    /// <summary>The size of a line of text in pixels.</summary>
    OxySize Measure(string text, double fontSize, bool isBold);

    /// <summary>Adds a line of text to a canvas's shape.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="text">The text.</param>
    /// <param name="fontSize">The font's size in pixels.</param>
    /// <param name="isBold">Whether it is bold.</param>
    /// <param name="place">From a point of the text's box, whose upper left corner is (0, 0), to its place in the picture.</param>
    void AddTo(Canvas canvas, string text, double fontSize, bool isBold, Func<ScreenPoint, ScreenPoint> place);
}

/// <summary>The letters of <see cref="StrokeFont"/>, which are the same on every machine.</summary>
internal sealed class StrokeLettering : ILettering
{
    private StrokeLettering()
    {
    }

    /// <summary>The letters.</summary>
    public static StrokeLettering Instance { get; } = new();

    /// <inheritdoc/>
    public OxySize Measure(string text, double fontSize, bool isBold) => StrokeFont.Measure(text, fontSize);

    /// <inheritdoc/>
    public void AddTo(Canvas canvas, string text, double fontSize, bool isBold, Func<ScreenPoint, ScreenPoint> place) =>
        canvas.AddText(text, fontSize, StrokeFont.Thickness(fontSize, isBold), place);
}

/// <summary>The letters that some texts need.</summary>
/// <param name="Letters">Draws them: all texts of a picture alike.</param>
/// <param name="Missing">What it cannot draw as it is, each once.</param>
internal sealed record Lettering(ILettering Letters, IReadOnlyList<Rune> Missing)
{
    /// <summary>
    /// Letters that are the same on every machine, if they have all that the texts need; otherwise those of the machine's fonts, if it has any.
    /// </summary>
    public static Lettering For(IEnumerable<string> texts)
    {
        Rune[] others = [.. texts.SelectMany(text => text.EnumerateRunes()).Where(rune => !StrokeFont.Has(rune)).Distinct()];
        if (others.Length > 0 && SystemLettering.IsAvailable)
            return new Lettering(new SystemLettering(), [.. others.Where(SystemLettering.Lacks)]);
        return new Lettering(StrokeLettering.Instance, others);
    }
}
