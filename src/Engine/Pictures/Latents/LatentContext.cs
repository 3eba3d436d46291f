using System.Numerics;
using System.Runtime.CompilerServices;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// What the entropy network sees of latents: neighbours that are coded before. All of it is whole multiples of 1 / <see cref="Unit"/>, so
/// that training in floats and coding in whole numbers see the same. One thread uses it at a time.
/// </summary>
internal sealed unsafe class LatentContext
{
    /// <summary>Whole numbers in 1.</summary>
    public const int Unit = 128;

    /// <summary>The largest magnitude of what the network sees, in whole numbers: that of a sign.</summary>
    public const int Largest = 16 * Unit;

    /// <summary>Larger magnitudes have the amplitude of this one.</summary>
    public const int LargestMagnitude = 255;

    private const int Above = 3, Below = 1, Margin = 4;
    private const int EarlierCount = 2, ParentRowCount = 5;

    /// <summary>Planes of the window, in order: of the latents themselves the amplitude and the value, then of others.</summary>
    private enum Part
    {
        OwnAmplitude,
        OwnValue,
        Amplitude, // of 4 earlier bands
        Mean = Amplitude + 2 * EarlierCount,
        Value = Mean + 2 * EarlierCount,
        ParentAmplitude = Value + 2 * EarlierCount,
        ParentMean,
        ParentValue,
        Detail,
        Level,
        Count,
    }

    private static readonly float[] Amplitudes =
        [.. Enumerable.Range(0, LargestMagnitude + 1).Select(magnitude => MathF.Round(Unit * (float)Math.Log(1 + magnitude)) / Unit)];

    /// <summary>Amplitudes of the magnitudes up to the largest that is told from larger ones, as whole numbers.</summary>
    public static short[] WholeAmplitudes { get; } = [.. Amplitudes.Select(amplitude => (short)(amplitude * Unit))];

    /// <summary>A feature: a plane of the window, and columns and rows from here.</summary>
    private sealed record Feature(Part Part, int X = 0, int Y = 0);

    /// <summary>Neighbours that are coded before, nearest first.</summary>
    private static readonly Feature[] Causal =
    [
        new(Part.OwnAmplitude, -1, 0), new(Part.OwnAmplitude, 0, -1), new(Part.OwnAmplitude, -1, -1), new(Part.OwnAmplitude, 1, -1),
        new(Part.OwnAmplitude, -2, 0), new(Part.OwnAmplitude, 0, -2), new(Part.OwnAmplitude, -2, -1), new(Part.OwnAmplitude, -1, -2),
        new(Part.OwnAmplitude, 1, -2), new(Part.OwnAmplitude, 2, -1), new(Part.OwnAmplitude, -2, -2), new(Part.OwnAmplitude, 2, -2),
        new(Part.OwnAmplitude, -3, 0), new(Part.OwnAmplitude, 0, -3),
    ];

    private const int SignedCount = 4;

    private static readonly Feature[] Features =
    [
        .. Causal,
        .. Causal.Take(SignedCount).Select(feature => feature with { Part = Part.OwnValue }),
        .. Enumerable.Range(0, EarlierCount).SelectMany(band => new Feature[]
        {
            new(Part.Amplitude + band), new(Part.Mean + band), new(Part.Value + band), new(Part.Value + band, 0, 1),
        }),
        .. Enumerable.Range(EarlierCount, EarlierCount).SelectMany(band => new Feature[]
        {
            new(Part.Amplitude + band), new(Part.Mean + band), new(Part.Value + band), new(Part.Amplitude + band, 1, 0),
            new(Part.Amplitude + band, 0, 1),
        }),
        new(Part.ParentAmplitude), new(Part.ParentMean), new(Part.ParentValue),
        .. from y in Enumerable.Range(-1, 3) from x in Enumerable.Range(-1, 3) select new Feature(Part.Detail, x, y),
        new(Part.Level),
    ];

    private readonly LatentPlanes _planes;
    private readonly AlignedBuffer _window;
    private readonly int[] _offsets = new int[Features.Length];
    private readonly float[] _sums;
    private readonly float[][] _parentRows;
    private LatentBand _band;
    private int _first, _end, _rows, _stride;

    /// <summary>Room for windows of a picture's bands.</summary>
    /// <param name="planes">The latents.</param>
    /// <param name="mostRows">The most rows of a band's window.</param>
    public LatentContext(LatentPlanes planes, Func<LatentBand, int> mostRows)
    {
        _planes = planes;
        int widest = StrideOf(Wavelet.Low(planes.Encoding.Width));
        _sums = new float[widest];
        _parentRows = [.. Enumerable.Range(0, ParentRowCount).Select(_ => new float[widest])];
        _window = new AlignedBuffer(planes.Bands.Max(band => LengthOf(StrideOf(band.Width), RowsOf(Math.Min(band.Height, mostRows(band))))));
    }

    /// <summary>
    /// Features of the latents left of it in its own row, as their numbers among all: amplitude and value of the nearest, amplitudes of the
    /// two before it.
    /// </summary>
    public static IReadOnlyList<int> OwnRowFeatures { get; } =
    [
        .. Features.Where(feature => feature is { Part: Part.OwnAmplitude or Part.OwnValue, Y: 0 })
            .OrderBy(feature => -feature.X).ThenBy(feature => (int)feature.Part).Select(feature => Array.IndexOf(Features, feature)),
    ];

    /// <summary>Features of the latents of the rows above in its own band.</summary>
    public static IReadOnlyList<int> RowsAboveFeatures { get; } = NumbersOf(feature => feature is { Part: Part.OwnAmplitude or Part.OwnValue, Y: < 0 });

    /// <summary>Features of other bands, which are known before its own.</summary>
    public static IReadOnlyList<int> OtherBandFeatures { get; } = NumbersOf(feature => feature.Part is not (Part.OwnAmplitude or Part.OwnValue));

    /// <summary>A latent's magnitude on a logarithmic scale.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Amplitude(int latent) => Amplitudes[Math.Min(Math.Abs(latent), LargestMagnitude)];

    /// <summary>A value as a whole number.</summary>
    public static int WholeValue(int latent) => Math.Clamp(latent * Unit, -Largest, Largest);

    /// <summary>A latent, within bounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Value(int latent) => Math.Clamp(latent, -Largest / Unit, Largest / Unit);

    /// <summary>A difference, within bounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Squash(float value) => MathF.Round(value / (1 + MathF.Abs(value) * 0.25f) * Unit) / Unit;

    /// <summary>Shows rows of a band.</summary>
    /// <param name="band">The band.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many rows.</param>
    public void Show(in LatentBand band, int first, int count)
    {
        ShowOwnBand(band, first, count);
        ShowOtherBands(band, first, count);
    }

    /// <summary>Shows of rows of a band what the band itself tells; the parameters are those of <see cref="Show"/>.</summary>
    public void ShowOwnBand(in LatentBand band, int first, int count)
    {
        Turn(band, first, count);
        Copy(band, Part.OwnAmplitude, Part.OwnValue, first - Above, _end);
    }

    /// <summary>Shows of rows of a band what other bands tell; the parameters are those of <see cref="Show"/>.</summary>
    public void ShowOtherBands(in LatentBand band, int first, int count)
    {
        Turn(band, first, count);
        if (band.Direction != LatentDirection.Smooth)
        {
            for (int i = 0; i < EarlierCount && i < (int)band.Direction; i++)
                ShowEarlier(Other(band, band.Channel, band.Level, (LatentDirection)i), i);
            ShowDetails();
            if (band.Level + 1 < _planes.Encoding.Levels)
                ShowParent(Other(band, band.Channel, band.Level + 1, band.Direction));
        }
        for (int i = 0; i < EarlierCount && i < band.Channel; i++)
            ShowEarlier(Other(band, i, band.Level, band.Direction), EarlierCount + i);
        for (int y = first; y < _end; y++)
            Row(Part.Level, y).Fill((band.Level - 2) * 0.5f);
    }

    /// <summary>Shows a row of the band again, whose latents are known now.</summary>
    public void ShowOwn(int y) => Copy(_band, Part.OwnAmplitude, Part.OwnValue, y, y + 1);

    /// <summary>Where each feature of a latent of the window begins.</summary>
    /// <param name="x">The latent's column.</param>
    /// <param name="y">Its row.</param>
    /// <param name="features">Receives <see cref="LatentEncoding.ContextCount"/> places, which are followed by those of the next columns.</param>
    public void Locate(int x, int y, float** features)
    {
        float* origin = _window.Pointer + (y - _first) * _stride + x;
        for (int i = 0; i < _offsets.Length; i++)
            features[i] = origin + _offsets[i];
    }

    /// <summary>Lays the window out for rows of a band. What is not shown stays zero.</summary>
    private void Turn(in LatentBand band, int first, int count)
    {
        if (_band != band || RowsOf(count) != _rows)
        {
            (_rows, _stride) = (RowsOf(count), StrideOf(band.Width));
            _window.Span[..(int)LengthOf(_stride, _rows)].Clear();
            for (int i = 0; i < _offsets.Length; i++)
                _offsets[i] = ((int)Features[i].Part * _rows + Features[i].Y + Above) * _stride + Features[i].X + Margin;
        }
        (_band, _first, _end) = (band, first, first + count);
    }

    private static int RowsOf(int count) => count + Above + Below;

    private static int StrideOf(int width) => (width + 2 * Margin + 2 * ThinKernel.Lanes - 1) / ThinKernel.Lanes * ThinKernel.Lanes;

    private static long LengthOf(int stride, int rows) => (long)stride * rows * (int)Part.Count;

    private static int[] NumbersOf(Predicate<Feature> isWanted) => [.. Enumerable.Range(0, Features.Length).Where(i => isWanted(Features[i]))];

    private LatentBand Other(in LatentBand band, int channel, int level, LatentDirection direction) =>
        LatentBand.Of(_planes.Encoding, channel, level, direction);

    private Span<float> Row(Part part, int y) =>
        _window.Span.Slice(((int)part * _rows + y - _first + Above) * _stride + Margin, _band.Width);

    private ReadOnlySpan<short> Latents(in LatentBand band, int y) => _planes.Coded(band, y);

    private void Copy(in LatentBand band, Part amplitudes, Part values, int first, int end)
    {
        for (int y = first; y < end; y++)
        {
            Span<float> amplitudeRow = Row(amplitudes, y), valueRow = Row(values, y);
            int count = y < 0 || y >= band.Height ? 0 : Math.Min(band.Width, _band.Width);
            if (count > 0)
                Copy(Latents(band, y)[..count], amplitudeRow, valueRow);
            amplitudeRow[count..].Clear();
            valueRow[count..].Clear();
        }
    }

    /// <summary>Amplitudes and values of a row's latents, most of which are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy(ReadOnlySpan<short> latents, Span<float> amplitudes, Span<float> values)
    {
        int x = 0;
        for (; x <= latents.Length - Vector<short>.Count; x += Vector<short>.Count)
        {
            ReadOnlySpan<short> some = latents.Slice(x, Vector<short>.Count);
            if (new Vector<short>(some) == Vector<short>.Zero)
            {
                amplitudes.Slice(x, Vector<short>.Count).Clear();
                values.Slice(x, Vector<short>.Count).Clear();
                continue;
            }
            for (int i = 0; i < some.Length; i++)
                (amplitudes[x + i], values[x + i]) = (Amplitude(some[i]), Value(some[i]));
        }
        for (; x < latents.Length; x++)
            (amplitudes[x], values[x]) = (Amplitude(latents[x]), Value(latents[x]));
    }

    private void ShowEarlier(in LatentBand band, int number)
    {
        Copy(band, Part.Amplitude + number, Part.Value + number, _first - 1, _end + Below);
        for (int y = _first; y < _end; y++)
            ShowMeans(Row(Part.Amplitude + number, y - 1), Row(Part.Amplitude + number, y), Row(Part.Amplitude + number, y + 1), Row(Part.Mean + number, y));
    }

    /// <summary>Means over 3 x 3 amplitudes; beyond the ends of a row there is nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ShowMeans(ReadOnlySpan<float> above, ReadOnlySpan<float> row, ReadOnlySpan<float> below, Span<float> means)
    {
        int width = row.Length, x = 0;
        Span<float> sums = _sums.AsSpan(1, width + 1);
        for (; x <= width - Vector<float>.Count; x += Vector<float>.Count)
            (new Vector<float>(above[x..]) + new Vector<float>(row[x..]) + new Vector<float>(below[x..])).CopyTo(sums[x..]);
        for (; x < width; x++)
            sums[x] = above[x] + row[x] + below[x];
        sums[width] = 0;
        var factor = new Vector<float>(Unit / 9f);
        for (x = 0; x <= width - Vector<float>.Count; x += Vector<float>.Count)
        {
            Vector<float> sum = new Vector<float>(_sums.AsSpan(x)) + new Vector<float>(sums[x..]) + new Vector<float>(sums[(x + 1)..]);
            (Vector.Round(sum * factor) * (1f / Unit)).CopyTo(means[x..]);
        }
        for (; x < width; x++)
            means[x] = MathF.Round((_sums[x] + sums[x] + sums[x + 1]) * (Unit / 9f)) / Unit;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ShowParent(in LatentBand parent)
    {
        if (parent.Width == 0 || parent.Height == 0)
            return;
        Span<float> above = _parentRows[0].AsSpan(0, parent.Width), row = _parentRows[1].AsSpan(0, parent.Width);
        Span<float> below = _parentRows[2].AsSpan(0, parent.Width), values = _parentRows[3].AsSpan(0, parent.Width);
        Span<float> means = _parentRows[4].AsSpan(0, parent.Width);
        int shown = -1;
        for (int y = _first; y < _end; y++)
        {
            int from = Math.Min(y / 2, parent.Height - 1);
            if (from != shown)
            {
                ShowParentRow(parent, from - 1, above, values);
                ShowParentRow(parent, from + 1, below, values);
                ShowParentRow(parent, from, row, values);
                ShowMeans(above, row, below, means);
                shown = from;
            }
            Widen(row, Row(Part.ParentAmplitude, y));
            Widen(means, Row(Part.ParentMean, y));
            Widen(values, Row(Part.ParentValue, y));
        }
    }

    private void ShowParentRow(in LatentBand parent, int y, Span<float> amplitudes, Span<float> values)
    {
        if (y >= 0 && y < parent.Height)
            Copy(Latents(parent, y), amplitudes, values);
        else
            amplitudes.Clear();
    }

    /// <summary>Two numbers of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(ReadOnlySpan<float> row, Span<float> to)
    {
        int pairs = Math.Min(row.Length, to.Length / 2);
        for (int x = 0; x < pairs; x++)
            to[2 * x] = to[2 * x + 1] = row[x];
        to[(2 * pairs)..].Fill(row[Math.Min(pairs, row.Length - 1)]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ShowDetails()
    {
        LatentEncoding encoding = _planes.Encoding;
        int width = Wavelet.Low(encoding.Width, _band.Level + 1), height = Wavelet.Low(encoding.Height, _band.Level + 1);
        ReadOnlySpan<float> details = _planes.Details[_band.Channel][_band.Level];
        for (int y = _first - 1; y <= _end; y++)
        {
            ReadOnlySpan<float> from = details.Slice(Math.Clamp(y, 0, height - 1) * width, width);
            Span<float> row = _window.Span.Slice(((int)Part.Detail * _rows + y - _first + Above) * _stride, _stride);
            int count = Math.Min(width, _band.Width + 1);
            from[..count].CopyTo(row[Margin..]);
            row[Margin - 1] = from[0];
            if (count <= _band.Width)
                row[Margin + count] = from[count - 1];
        }
    }
}
