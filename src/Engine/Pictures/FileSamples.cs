using NetVips;

namespace MonaLisa.Engine.Pictures;

/// <summary>Turns decoded samples into what the rest of the reading knows, as the facts of their file say.</summary>
internal static class FileSamples
{
    private const string Depth = "bits-per-sample";
    private const int DeepBits = 16;

    /// <summary>Plans the conversion; nothing is decoded yet. The size stays.</summary>
    public static Image Normalize(Image image, FileFacts facts)
    {
        Image result = image.Copy();
        void Apply(bool isNeeded, Func<Image, Image> step)
        {
            if (!isNeeded)
                return;
            using Image before = result;
            result = step(before);
        }

        bool hasProfile = image.Contains(PictureColor.Profile);
        Apply(facts.HasNoAlpha && image.Bands > PictureColor.Colors, before => before.ExtractBand(0, n: PictureColor.Colors));
        Apply(facts.Meaning is SampleMeaning.SignedLab or SampleMeaning.IccLab, before => FromLab(before, facts.Meaning));
        Apply(facts.Meaning == SampleMeaning.YCbCr && image.Bands == PictureColor.Colors, FromYCbCr);
        Apply(facts.HasShiftedSamples && image.Format == Enums.BandFormat.Ushort && image.Contains(Depth),
            before => Scale(before, (int)image.Get(Depth)));
        Apply(facts.IsPremultiplied && image.Bands > PictureColor.Colors, Unpremultiply);
        Apply(facts.Color is not null, before => facts.Color!.ToSrgb(before));
        Apply(facts.Color is not null && hasProfile, before => before.Mutate(mutable => mutable.Remove(PictureColor.Profile)));
        Apply(facts.Frame is not null, before => LayOnClear(before, facts.Frame!.Value));
        // A profile for colours says nothing of a single channel.
        Apply(facts.IsGrey == true && image.Bands >= PictureColor.Colors && (!hasProfile || facts.Color is not null), ToGrey);
        return result;
    }

    private static Image FromLab(Image image, SampleMeaning meaning)
    {
        float[] levels = new float[256 * PictureColor.Colors];
        for (int level = 0; level < 256; level++)
        {
            float difference = meaning == SampleMeaning.SignedLab ? (sbyte)level : level - 128;
            levels.AsSpan(level * PictureColor.Colors, PictureColor.Colors).Fill(difference);
            levels[level * PictureColor.Colors] = level * 100 / 255f;
        }
        using Image table = Image.NewFromMemory(levels, 256, 1, PictureColor.Colors, Enums.BandFormat.Float);
        using Image colors = image.ExtractBand(0, n: PictureColor.Colors);
        using Image lab = colors.Maplut(table);
        return lab.Copy(interpretation: Enums.Interpretation.Lab);
    }

    // BT.601, full range: TIFF 6.0, section 21.
    private static Image FromYCbCr(Image image)
    {
        using Image matrix = Image.NewFromArray(new[,] { { 1, 0, 1.402 }, { 1, -0.344136, -0.714136 }, { 1, 1.772, 0 } });
        using Image centred = image.Linear([1, 1, 1], [0, -128, -128]);
        using Image colors = centred.Recomb(matrix);
        using Image rounded = colors.Rint();
        using Image converted = rounded.Cast(Enums.BandFormat.Uchar);
        return converted.Copy(interpretation: Enums.Interpretation.Srgb);
    }

    // The decoder shifts samples up, which leaves white short of the largest.
    private static Image Scale(Image image, int bits)
    {
        if (bits is < 1 or >= DeepBits)
            return image.Copy();
        int most = (1 << bits) - 1;
        ushort[] levels = new ushort[1 << DeepBits];
        for (int level = 0; level < levels.Length; level++)
            levels[level] = (ushort)(((level >> (DeepBits - bits)) * (long)ushort.MaxValue + most / 2) / most);
        using Image table = Image.NewFromMemory(levels, levels.Length, 1, 1, Enums.BandFormat.Ushort);
        using Image scaled = image.Maplut(table);
        return scaled.Copy(interpretation: image.Interpretation);
    }

    private static Image Unpremultiply(Image image)
    {
        double most = image.Format == Enums.BandFormat.Ushort ? ushort.MaxValue : byte.MaxValue;
        using Image straight = image.Unpremultiply(maxAlpha: most);
        using Image rounded = straight.Rint();
        return rounded.Cast(image.Format);
    }

    private static Image LayOnClear(Image image, FrameArea frame)
    {
        using Image opaque = image.HasAlpha() ? image.Copy() : image.Bandjoin(byte.MaxValue);
        int width = Math.Min(frame.Width, image.Width - frame.Left), height = Math.Min(frame.Height, image.Height - frame.Top);
        if (width < 1 || height < 1)
            return opaque.Copy();
        using Image covered = opaque.Crop(frame.Left, frame.Top, width, height);
        return covered.Embed(frame.Left, frame.Top, image.Width, image.Height, extend: Enums.Extend.Background, background: [0, 0, 0, 0]);
    }

    private static Image ToGrey(Image image)
    {
        using Image grey = PictureColor.ToGrey(image);
        return grey.Copy(interpretation: image.Format == Enums.BandFormat.Ushort ? Enums.Interpretation.Grey16 : Enums.Interpretation.Bw);
    }
}
