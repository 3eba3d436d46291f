using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Pictures;

/// <summary>Puts pictures into networks that see their neighbourhoods.</summary>
internal static class NeighborhoodPicture
{
    /// <summary>The encoding for a picture: where pixels of it are held out or hidden, one that fills them.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="encoding">What is chosen of the encoding.</param>
    /// <exception cref="ArgumentException">The picture has gaps, and something was chosen that is not for filling.</exception>
    public static NeighborhoodEncoding EncodingFor(PixelDataset picture, NeighborhoodEncoding encoding)
    {
        if (picture.HeldOutPixelCount > 0)
            encoding = Filling(picture, encoding);
        return encoding with { Width = picture.Width, Height = picture.Height, Channels = picture.Channels, Blend = 1 };
    }

    /// <summary>A network with a picture in the place of its own; its layers are the network's.</summary>
    /// <param name="network">The network, its layers for the encoding's task; see <see cref="RequireTask"/>.</param>
    /// <param name="encoding">Its encoding for the picture.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="isOwn">Whether layers and memory of the network may be used; else they are copied.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The picture is too large.</exception>
    public static Mlp Into(
        Mlp network, NeighborhoodEncoding encoding, PixelDataset picture, bool isOwn = false, CancellationToken cancellationToken = default)
    {
        encoding.Validate();
        bool fits = isOwn && network.Design.Encoding.TensorShapes[0] == encoding.TensorShapes[0];
        IReadOnlyList<EncodingTensor> tensors = fits ? network.EncodingTensors : encoding.CreateTensors();
        picture.CopyRows(0, picture.Height, tensors[0].Values);
        if (encoding.Task == NeighborhoodTask.Fill)
            WithGaps(picture, picture.Partition!.ToMap(picture.PixelCount), (0, 0, picture.Width, picture.Height), cancellationToken)
                .Values.CopyTo(tensors[0].Values, 0);
        return isOwn ? network.WithEncoding(encoding, tensors) : network.CloneWithEncoding(encoding, tensors);
    }

    /// <summary>Throws where a network sees neighbourhoods and its layers are not for a picture.</summary>
    /// <exception cref="ArgumentException">The picture has gaps and the layers are for another task, or it has none to fill.</exception>
    public static void RequireTask(Mlp network, PixelDataset picture)
    {
        if (network.Design.Encoding is not NeighborhoodEncoding { Task: NeighborhoodTask learned })
            return;
        bool hasGaps = picture.HeldOutPixelCount > 0;
        if (hasGaps && learned != NeighborhoodTask.Fill)
            throw new ArgumentException(
                $"The network's layers are to {Name(learned)}, and '{picture.Name}' has gaps to fill. Leave out -HoldOut and -Mask, or leave out -Network.");
        if (!hasGaps && learned == NeighborhoodTask.Fill)
            throw new ArgumentException(
                $"The network fills gaps, and '{picture.Name}' has none. Hide pixels with New-PixelDataset -Mask or -HoldOut, or leave out -Network.");
    }

    /// <summary>A part of a picture, hidden pixels as <see cref="FillingView"/> stores them.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="roles">The roles of its pixels.</param>
    /// <param name="part">The part, with at least one known pixel.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static FloatPicture WithGaps(
        PixelDataset picture, PixelRoleMap roles, (int X, int Y, int Width, int Height) part, CancellationToken cancellationToken = default)
    {
        FloatPicture samples = FloatPicture.Of(picture, part.X, part.Y, part.Width, part.Height);
        PixelRole[] each = RolesOf(picture, roles, part);
        FloatPicture hidden = Hide(samples, [.. each.Select(role => role != PixelRole.Training)], cancellationToken);
        // A pixel under full transparency has no colour, but that alpha.
        const int Alpha = NeighborhoodFeature.Alpha;
        for (int pixel = 0; pixel < each.Length && picture.Channels > Alpha; pixel++)
            if (each[pixel] == PixelRole.Ignored && samples.Values[pixel * picture.Channels + Alpha] == 0)
                hidden.Values[pixel * picture.Channels + Alpha] = 0;
        return hidden;
    }

    /// <summary>The roles of a part's pixels; the edge's go on beyond the picture.</summary>
    public static PixelRole[] RolesOf(PixelDataset picture, PixelRoleMap roles, (int X, int Y, int Width, int Height) part) =>
    [
        .. from row in Enumerable.Range(part.Y, part.Height)
           from column in Enumerable.Range(part.X, part.Width)
           select roles[Math.Min(row, picture.Height - 1) * picture.Width + Math.Min(column, picture.Width - 1)],
    ];

    /// <summary>A picture with some pixels hidden: each has a guess from those around it, as <see cref="FillingView"/> stores it.</summary>
    /// <param name="picture">The picture; no colour of a hidden pixel is used.</param>
    /// <param name="isHidden">Which of its pixels are hidden, row by row.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static FloatPicture Hide(FloatPicture picture, bool[] isHidden, CancellationToken cancellationToken = default)
    {
        (int width, int height, int channels) = (picture.Width, picture.Height, picture.Channels);
        float[] guessed = [.. picture.Values.Select((sample, at) => isHidden[at / channels] ? 0 : sample)];
        bool[] isKnown = Array.ConvertAll(isHidden, hidden => !hidden);
        TableFill.Fill(guessed, isKnown, height, width, channels, cancellationToken);
        Kriging.Fill(guessed, isKnown, height, width, channels, cancellationToken);
        for (int at = 0; at < guessed.Length; at++)
            if (isHidden[at / channels])
                guessed[at] = FillingView.Stored(Math.Clamp(guessed[at], 0, 1));
        return picture with { Values = guessed };
    }

    private static NeighborhoodEncoding Filling(PixelDataset picture, NeighborhoodEncoding encoding)
    {
        (string Name, string Remedy)? other =
            encoding.Task == NeighborhoodTask.Denoise ? ("removes noise", "-Denoise and -NoiseLevel")
            : encoding.Kernel != ShrinkKernel.Auto ? ("undoes a kernel", "-Kernel")
            : encoding.BackProjections != new NeighborhoodEncoding().BackProjections ? ("corrects what it enlarged", "-BackProjection") : null;
        return other is null ? encoding with { Task = NeighborhoodTask.Fill, IsLattice = PixelLattice.Of(picture) is { Step: 2 } }
            : throw new ArgumentException(
                $"A network that {other.Value.Name} fills no gaps, and '{picture.Name}' has {Counted.Text(picture.HeldOutPixelCount, "pixel")} held out or " +
                $"hidden by a mask. Leave out -HoldOut and -Mask, or {other.Value.Remedy}.");
    }

    private static string Name(NeighborhoodTask task) => task.ToString().ToLowerInvariant();
}
