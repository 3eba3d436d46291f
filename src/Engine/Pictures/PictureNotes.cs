using MonaLisa.Engine.Platform;
using NetVips;

namespace MonaLisa.Engine.Pictures;

/// <summary>Says what the reading of a picture did to its colours and its orientation.</summary>
internal static class PictureNotes
{
    /// <summary>Notes the warnings of a picture's file, and what was done.</summary>
    /// <param name="options">Receives the notes.</param>
    /// <param name="path">The file.</param>
    /// <param name="file">The picture in it.</param>
    /// <param name="picture">What remains of it after shrinking.</param>
    /// <param name="facts">What the file states.</param>
    public static void Add(PictureReadOptions options, string path, Image file, Image picture, FileFacts facts)
    {
        AddWarnings(options, path, facts);
        string steps = string.Join("; ", Steps(file, picture, facts));
        string text = steps.Length == 0 ? "Nothing was converted." : $"{char.ToUpperInvariant(steps[0])}{steps[1..]}.";
        options.Notify?.Invoke(new PictureNote(false, text));
    }

    /// <summary>Notes the warnings of a picture's file alone.</summary>
    public static void AddWarnings(PictureReadOptions options, string path, FileFacts facts)
    {
        foreach (string warning in facts.Warnings)
            options.Notify?.Invoke(new PictureNote(true, $"'{path}': {warning}"));
    }

    /// <summary>Notes a mask, and how many pixels it holds out.</summary>
    public static void AddMask(PictureReadOptions options, string path, int heldOut) =>
        options.Notify?.Invoke(new PictureNote(false, $"The mask '{path}' holds out {Counted.Text(heldOut, "pixel")}."));

    private static IEnumerable<string> Steps(Image file, Image picture, FileFacts facts)
    {
        if (facts.Color is not null)
            yield return $"the colours were converted to sRGB from the space that {facts.ColorSource} state";
        else if (PictureColor.HasOtherProfile(file))
            yield return "the colours were converted to sRGB from the space of its ICC profile";
        else if (file.Interpretation is not (Enums.Interpretation.Srgb or Enums.Interpretation.Rgb16 or Enums.Interpretation.Bw
            or Enums.Interpretation.Grey16))
            yield return $"the colours were converted to sRGB from {file.Interpretation.ToString().ToUpperInvariant()}";
        if (facts.Meaning == SampleMeaning.YCbCr)
            yield return "luminance and colour differences became red, green and blue";
        if (facts.IsPremultiplied)
            yield return "the colours were divided by alpha, with which they are stored multiplied";
        if (facts.Frame is not null)
            yield return "the first frame is smaller than the picture; what lies around it is transparent";
        if (facts.Page > 0)
            yield return $"page {facts.Page + 1} was read, the first that is not a thumbnail";
        int orientation = PictureReader.OrientationOf(file);
        if (orientation != 1)
            yield return $"it was turned as its EXIF orientation {orientation} says";
        if ((picture.Width, picture.Height) != (file.Width, file.Height))
        {
            var whole = new PixelPlacement(file.Width, file.Height, orientation);
            yield return $"it was made smaller, from {whole.Width} x {whole.Height}";
        }
    }
}
