namespace MonaLisa.Engine;

/// <summary>How a pixel's place in the picture becomes the network's two inputs.</summary>
public enum CoordinateConvention
{
    /// <summary>
    /// The pixel's centre, <c>((x + 0.5) / width, (y + 0.5) / height)</c>, stretched from [0, 1] to [-1, 1]
    /// inside the network, where sine and tanh networks learn best.
    /// </summary>
    SymmetricPixelCenter,

    /// <summary>The pixel's centre, <c>((x + 0.5) / width, (y + 0.5) / height)</c>, in [0, 1].</summary>
    PixelCenter,

    /// <summary>
    /// The 2012 program's, row first: <c>(y / (height - 1), x / (width - 1))</c>; the corner pixels lie on 0 and 1.
    /// A side of one pixel has coordinate 0.
    /// </summary>
    RowColumnCorner,
}
