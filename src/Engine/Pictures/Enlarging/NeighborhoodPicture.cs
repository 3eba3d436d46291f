namespace MonaLisa.Engine.Pictures;

/// <summary>Puts pictures into networks that see their neighbourhoods.</summary>
internal static class NeighborhoodPicture
{
    /// <summary>The encoding for a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="kernel">How it was made smaller.</param>
    public static NeighborhoodEncoding EncodingFor(PixelDataset picture, ShrinkKernel kernel) => new()
    {
        Width = picture.Width,
        Height = picture.Height,
        Channels = picture.Channels,
        Kernel = kernel,
    };

    /// <summary>A network with a picture in the place of its own; its layers are the network's.</summary>
    /// <param name="network">The network.</param>
    /// <param name="encoding">Its encoding.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="isOwn">Whether layers and memory of the network may be used; else they are copied.</param>
    /// <exception cref="ArgumentException">The picture has gaps, or is too large.</exception>
    public static Mlp Into(Mlp network, NeighborhoodEncoding encoding, PixelDataset picture, bool isOwn = false)
    {
        encoding = EncodingFor(picture, encoding.Kernel);
        encoding.Validate();
        RequireWhole(picture);
        bool fits = isOwn && network.Design.Encoding.TensorShapes[0] == encoding.TensorShapes[0];
        IReadOnlyList<EncodingTensor> tensors = fits ? network.EncodingTensors : encoding.CreateTensors();
        picture.CopyRows(0, picture.Height, tensors[0].Values);
        return isOwn ? network.WithEncoding(encoding, tensors) : network.CloneWithEncoding(encoding, tensors);
    }

    /// <summary>Throws where pixels are held out or hidden: a network that sees all pixels has nothing to guess.</summary>
    /// <exception cref="ArgumentException">Some are.</exception>
    public static void RequireWhole(PixelDataset picture)
    {
        if (picture.HeldOutPixelCount > 0)
            throw new ArgumentException(
                $"The encoding {EncodingKind.Neighborhood} is for enlarging and fills no gaps, and {picture.HeldOutPixelCount} pixels of " +
                $"'{picture.Name}' are held out or hidden by a mask. Leave out -HoldOut and -Mask, or choose another encoding.");
    }
}
