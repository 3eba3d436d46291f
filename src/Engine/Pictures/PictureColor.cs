using NetVips;

namespace MonaLisa.Engine;

/// <summary>Brings pictures of every colour space to opaque red, green and blue in sRGB, of 8 or 16 bits.</summary>
internal static class PictureColor
{
    /// <summary>Plans the conversion; nothing is decoded yet.</summary>
    /// <exception cref="PictureException">The samples are of a kind that has no agreed meaning as colour.</exception>
    public static Image ToRgb(string path, Image image)
    {
        bool deep = IsDeep(path, image);
        double white = deep ? ushort.MaxValue : byte.MaxValue;
        using Image color = ToSrgb(image, deep);
        using Image opaque = color.HasAlpha() ? color.Flatten(background: [white, white, white], maxAlpha: white) : color.Copy();
        using Image three = opaque.Bands == PixelDataset.Channels ? opaque.Copy() : opaque.ExtractBand(0, n: PixelDataset.Channels);
        return three.Cast(deep ? Enums.BandFormat.Ushort : Enums.BandFormat.Uchar);
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
                    $"'{path}' holds {image.Bands} channels of {image.Format.ToString().ToLowerInvariant()} samples " +
                    $"({image.Interpretation}), which are not read as a picture here. Convert it to RGB of 8 or 16 bits first.");
        }
    }

    private static Image ToSrgb(Image image, bool deep)
    {
        if (image.Contains("icc-profile-data") || image.Interpretation == Enums.Interpretation.Cmyk)
        {
            try
            {
                return image.IccTransform("srgb", embedded: true,
                    inputProfile: image.Interpretation == Enums.Interpretation.Cmyk ? "cmyk" : "srgb", intent: Enums.Intent.Relative, blackPointCompensation: true, depth: deep ? 16 : 8);
            }
            catch (VipsException)
            {
                // A profile that is damaged or for other channels says nothing: the picture's own colour space is the best guess.
            }
        }
        return image.Colourspace(deep ? Enums.Interpretation.Rgb16 : Enums.Interpretation.Srgb);
    }
}
