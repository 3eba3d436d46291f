using MonaLisa.Engine.Platform;
using NetVips;

namespace MonaLisa.Engine.Pictures;

/// <summary>Converts pictures of every colour space to sRGB of 8 or 16 bits, with straight alpha or without.</summary>
internal static class PictureColor
{
    /// <summary>Red, green and blue.</summary>
    public const int Colors = 3;

    /// <summary>libvips' name of its own sRGB profile.</summary>
    public const string Srgb = "srgb";

    /// <summary>The field of an image that holds its ICC profile.</summary>
    public const string Profile = "icc-profile-data";

    // What this module writes; converting it could round a sample.
    private static readonly Lazy<byte[]> SrgbProfile = new(() => Image.ProfileLoad(Srgb));

    /// <summary>Whether a file has an ICC profile, and not the one that this module writes.</summary>
    public static bool HasOtherProfile(Image file) =>
        file.Contains(Profile) && !((byte[])file.Get(Profile)).AsSpan().SequenceEqual(SrgbProfile.Value);

    /// <summary>Whether a file's own colour space is grey.</summary>
    public static bool IsGrey(Image file) => file.Interpretation is Enums.Interpretation.Bw or Enums.Interpretation.Grey16;

    /// <summary>Plans the conversion, to three channels or, where the picture has alpha, to four; nothing is decoded yet.</summary>
    /// <exception cref="PictureException">The samples are of a kind that has no agreed meaning as colour.</exception>
    public static Image ToRgb(string path, Image image)
    {
        bool deep = IsDeep(path, image);
        using Image color = ToSrgb(path, image, deep);
        int bands = color.HasAlpha() ? Colors + 1 : Colors;
        using Image known = color.Bands == bands ? color.Copy() : color.ExtractBand(0, n: bands);
        return known.Cast(deep ? Enums.BandFormat.Ushort : Enums.BandFormat.Uchar);
    }

    /// <summary>Plans the conversion of a picture of a grey file back to one channel, and one of alpha where it has alpha.</summary>
    /// <param name="rgb">Red, green and blue that are equal, with alpha or without.</param>
    public static Image ToGrey(Image rgb)
    {
        // Of the three, green is what a colour profile's rounding moves least.
        using Image grey = rgb.ExtractBand(1);
        if (rgb.Bands == Colors)
            return grey.Copy();
        using Image alpha = rgb.ExtractBand(Colors);
        return grey.Bandjoin(alpha);
    }

    /// <summary>Plans the conversion of a mask to one channel: how white it is, transparent parts being black.</summary>
    /// <exception cref="PictureException">The samples are of a kind that has no agreed meaning as colour.</exception>
    public static Image ToMask(string path, Image file)
    {
        using Image color = ToRgb(path, file);
        bool deep = color.Format == Enums.BandFormat.Ushort;
        using Image opaque = color.Bands == Colors
            ? color.Copy() : color.Flatten(background: [0, 0, 0], maxAlpha: deep ? ushort.MaxValue : byte.MaxValue);
        using Image grey = IsGrey(file)
            ? opaque.ExtractBand(1) : opaque.Colourspace(deep ? Enums.Interpretation.Grey16 : Enums.Interpretation.Bw);
        return grey.Cast(color.Format);
    }

    private static bool IsDeep(string path, Image image)
    {
        switch (image.Interpretation)
        {
            // These are measured in floating point or in signed numbers, but their meaning is fixed.
            case Enums.Interpretation.Lab or Enums.Interpretation.Labs or Enums.Interpretation.Labq or Enums.Interpretation.Lch
                or Enums.Interpretation.Xyz or Enums.Interpretation.Yxy:
                return true;
            case Enums.Interpretation.Srgb or Enums.Interpretation.Rgb or Enums.Interpretation.Rgb16 or Enums.Interpretation.Bw
                or Enums.Interpretation.Grey16 or Enums.Interpretation.Cmyk
                when image.Format is Enums.BandFormat.Uchar or Enums.BandFormat.Ushort:
                return image.Format == Enums.BandFormat.Ushort;
            default:
                throw new PictureException(PictureProblem.UnsupportedFormat, path,
                    $"'{path}' holds {Counted.Text(image.Bands, "channel")} of {image.Format.ToString().ToLowerInvariant()} samples " +
                    $"({image.Interpretation}), which are not read as a picture here. Convert it to RGB of 8 or 16 bits first.");
        }
    }

    private static Image ToSrgb(string path, Image image, bool deep)
    {
        if (HasOtherProfile(image) || image.Interpretation == Enums.Interpretation.Cmyk)
        {
            try
            {
                return image.IccTransform(
                    Srgb, embedded: true, inputProfile: image.Interpretation == Enums.Interpretation.Cmyk ? "cmyk" : Srgb,
                    intent: Enums.Intent.Relative, blackPointCompensation: true, depth: deep ? 16 : 8);
            }
            catch (VipsException exception) when (PictureLibrary.MissingOperation(path, exception) is null)
            {
                // A profile that is damaged or for other channels is ignored: the picture's own colour space is the best guess.
            }
        }
        return image.Colourspace(deep ? Enums.Interpretation.Rgb16 : Enums.Interpretation.Srgb);
    }
}
