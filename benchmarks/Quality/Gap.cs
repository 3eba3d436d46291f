using MonaLisa.Engine;

namespace MonaLisa.Quality;

/// <summary>A part of a picture that a network is not shown.</summary>
/// <param name="Name">What the tables call it.</param>
/// <param name="Hides">From a pixel's column and row and the picture's width and height to whether it is hidden.</param>
internal sealed record Gap(string Name, Func<int, int, int, int, bool> Hides)
{
    /// <summary>A block in the middle, half as wide and half as high as the picture.</summary>
    public static Gap Block { get; } = new("block of a quarter", (x, y, width, height) =>
        IsInMiddleHalf(x, width) && IsInMiddleHalf(y, height));

    /// <summary>Three scratches, 3 to 5 pixels wide.</summary>
    public static Gap Scratches { get; } = new("scratches", Scratch.Covers);

    /// <summary>The picture with the hidden pixels held out.</summary>
    public PixelDataset Hide(PixelDataset picture) => picture.WithRoles((x, y) =>
        Hides(x, y, picture.Width, picture.Height) ? PixelRole.HeldOut : PixelRole.Training);

    /// <summary>A picture that is another one where it is hidden.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="filling">What is seen in the gap, of as many channels.</param>
    public RowSource Fill(PixelDataset picture, RowSource filling) => (firstRow, rowCount, colors) =>
    {
        (int width, int channels) = (picture.Width, picture.Channels);
        filling(firstRow, rowCount, colors);
        float[] known = new float[rowCount * width * channels];
        picture.CopyRows(firstRow, rowCount, known);
        for (int row = 0; row < rowCount; row++)
            for (int x = 0; x < width; x++)
                if (!Hides(x, firstRow + row, width, picture.Height))
                {
                    int first = (row * width + x) * channels;
                    known.AsSpan(first, channels).CopyTo(colors[first..]);
                }
    };

    private static bool IsInMiddleHalf(int place, int length) => place >= length / 4 && place < length / 4 + length / 2;
}
