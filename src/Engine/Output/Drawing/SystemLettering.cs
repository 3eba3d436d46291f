using System.Globalization;
using System.Security;
using System.Text;
using MonaLisa.Engine.Pictures;
using NetVips;
using OxyPlot;

namespace MonaLisa.Engine.Output;

/// <summary>
/// The letters of the machine's fonts, of any language, which libvips finds and draws with Pango. What no font has, Pango draws as a box with
/// the letter's number.
/// </summary>
internal sealed class SystemLettering : ILettering
{
    // At it a pixel is a point, Pango's unit.
    private const int Dpi = 72;

    private const double TrialSize = 32;

    private readonly Dictionary<(string, double, bool), TextMask> _masks = [];

    // Unicode promises that these two are never letters. Their boxes have four digits and six.
    private static readonly Lazy<TextMask> Box = new(() => Draw("\uFDD0", TrialSize, false)), WideBox = new(() => Draw("\U0001FFFE", TrialSize, false));

    private static readonly Lazy<bool> HasFont = new(() => Draw("x", TrialSize, false) is { IsEmpty: false } letter && !letter.HasFrameOf(Box.Value));

    /// <summary>Whether the machine has a font.</summary>
    /// <exception cref="PictureException">libvips could not be loaded.</exception>
    public static bool IsAvailable
    {
        get
        {
            PictureLibrary.EnsureReady();
            return HasFont.Value;
        }
    }

    /// <summary>Whether no font of the machine has a letter. Signs that only change others count as there.</summary>
    public static bool Lacks(Rune rune) => Draw(rune.ToString(), TrialSize, false).HasFrameOf(rune.IsBmp ? Box.Value : WideBox.Value);

    /// <inheritdoc/>
    public OxySize Measure(string text, double fontSize, bool isBold)
    {
        TextMask mask = Mask(text, fontSize, isBold);
        // The stroke font's line has the height of common fonts'.
        double line = StrokeFont.Measure("", fontSize).Height;
        return new OxySize(mask.Left + mask.Width, Math.Max(line, mask.Top + mask.Height));
    }

    /// <inheritdoc/>
    public void AddTo(Canvas canvas, string text, double fontSize, bool isBold, Func<ScreenPoint, ScreenPoint> place)
    {
        TextMask mask = Mask(text, fontSize, isBold);
        canvas.AddMask(mask.Coverage, mask.Width, point => place(new ScreenPoint(mask.Left + point.X, mask.Top + point.Y)));
    }

    private TextMask Mask(string text, double fontSize, bool isBold)
    {
        if (!_masks.TryGetValue((text, fontSize, isBold), out TextMask? mask))
            _masks.Add((text, fontSize, isBold), mask = Draw(text, fontSize, isBold));
        return mask;
    }

    private static TextMask Draw(string text, double fontSize, bool isBold)
    {
        string font = string.Create(CultureInfo.InvariantCulture, $"sans {(isBold ? "bold " : "")}{fontSize:0.##}");
        try
        {
            // Pango takes text for markup.
            using Image image = Image.Text(SecurityElement.Escape(text), font: font, dpi: Dpi);
            return new TextMask(image.WriteToMemory<byte>(), image.Width, (int)image.Get("xoffset"), (int)image.Get("yoffset"));
        }
        // There is nothing to draw, such as of spaces alone, or no way to draw.
        catch (VipsException)
        {
            return TextMask.Empty;
        }
    }

    /// <summary>A drawn text: where it covers pixels, of 255.</summary>
    /// <param name="Coverage"><c>[height, width]</c>.</param>
    /// <param name="Width">Pixels in a row.</param>
    /// <param name="Left">From the left edge of the text's box to the first pixel.</param>
    /// <param name="Top">From its upper edge.</param>
    private sealed record TextMask(byte[] Coverage, int Width, int Left, int Top)
    {
        public static TextMask Empty { get; } = new([], 0, 0, 0);

        public bool IsEmpty => Coverage.Length == 0;

        public int Height => IsEmpty ? 0 : Coverage.Length / Width;

        /// <summary>Whether its outermost pixels are those of a box.</summary>
        public bool HasFrameOf(TextMask box) =>
            !IsEmpty && (Width, Coverage.Length) == (box.Width, box.Coverage.Length) && Frame().SequenceEqual(box.Frame());

        private IEnumerable<byte> Frame() =>
            Coverage.Where((_, at) => at % Width == 0 || at % Width == Width - 1 || at < Width || at >= Coverage.Length - Width);
    }
}
