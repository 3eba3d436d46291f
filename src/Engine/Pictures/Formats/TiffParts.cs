namespace MonaLisa.Engine.Pictures;

/// <summary>The strips or tiles of a TIFF picture. What they need of its directory is read once: a picture may have a million of them.</summary>
internal readonly struct TiffParts
{
    private readonly long _rowSize, _rows, _height, _countInPlane;
    private readonly bool _isTiled;

    private TiffParts(TiffDirectory directory, bool isTiled)
    {
        long width = directory.Value(TiffTag.ImageWidth), samples = directory.Value(TiffTag.SamplesPerPixel, 1), planes = 1;
        if (directory.Value(TiffTag.PlanarConfiguration, 1) == 2)
            (samples, planes) = (1, samples);
        _isTiled = isTiled;
        _height = directory.Value(TiffTag.ImageLength);
        long across = isTiled ? directory.Value(TiffTag.TileWidth) : width;
        _rows = isTiled ? directory.Value(TiffTag.TileLength) : Math.Clamp(directory.Value(TiffTag.RowsPerStrip, _height), 1, Math.Max(1, _height));
        _rowSize = (across * samples * directory.Value(TiffTag.BitsPerSample, 1) + 7) / 8;
        if (across <= 0 || _rows <= 0)
            return;
        _countInPlane = Parts(width, across) * Parts(_height, _rows);
        Count = _countInPlane * planes;
    }

    /// <summary>How many the picture has; none where its size or theirs is missing.</summary>
    public long Count { get; }

    /// <summary>The parts of a picture.</summary>
    public static TiffParts Of(TiffDirectory directory, bool isTiled) => new(directory, isTiled);

    /// <summary>The bytes of a part's samples, and whether there may be more: some programs fill up the last strip.</summary>
    public (long Due, bool MayBeLonger) SizeOf(int part)
    {
        bool isLast = !_isTiled && part % _countInPlane == _countInPlane - 1;
        return (_rowSize * (isLast ? _height - (_countInPlane - 1) * _rows : _rows), isLast);
    }

    private static long Parts(long side, long size) => side / size + (side % size > 0 ? 1 : 0);
}
