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

    private const int Above = 3, Below = 1, Margin = 4;
    private const int EarlierCount = 2;

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
        [.. Enumerable.Range(0, 256).Select(magnitude => MathF.Round(Unit * (float)Math.Log(1 + magnitude)) / Unit)];

    /// <summary>Neighbours that are coded before, nearest first, as columns and rows from here.</summary>
    private static readonly (int X, int Y)[] Causal =
    [
        (-1, 0), (0, -1), (-1, -1), (1, -1), (-2, 0), (0, -2), (-2, -1), (-1, -2), (1, -2), (2, -1), (-2, -2), (2, -2), (-3, 0), (0, -3),
    ];

    private const int SignedCount = 4;

    private static readonly (Part Part, int X, int Y)[] Features =
    [
        .. Causal.Select(place => (Part.OwnAmplitude, place.X, place.Y)),
        .. Causal.Take(SignedCount).Select(place => (Part.OwnValue, place.X, place.Y)),
        .. Enumerable.Range(0, EarlierCount).SelectMany(band => new[]
        {
            (Part.Amplitude + band, 0, 0), (Part.Mean + band, 0, 0), (Part.Value + band, 0, 0), (Part.Value + band, 0, 1),
        }),
        .. Enumerable.Range(EarlierCount, EarlierCount).SelectMany(band => new[]
        {
            (Part.Amplitude + band, 0, 0), (Part.Mean + band, 0, 0), (Part.Value + band, 0, 0), (Part.Amplitude + band, 1, 0),
            (Part.Amplitude + band, 0, 1),
        }),
        (Part.ParentAmplitude, 0, 0), (Part.ParentMean, 0, 0), (Part.ParentValue, 0, 0),
        .. from y in Enumerable.Range(-1, 3) from x in Enumerable.Range(-1, 3) select (Part.Detail, x, y),
        (Part.Level, 0, 0),
    ];

    private readonly LatentPlanes _planes;
    private readonly AlignedBuffer _window;
    private readonly int _stride, _rows;
    private readonly int[] _offsets = new int[Features.Length];
    private readonly float[] _sums;
    private LatentBand _band;
    private int _first, _end;

    /// <summary>Room for windows of a picture's bands.</summary>
    /// <param name="planes">The latents.</param>
    /// <param name="rows">The most rows of a window.</param>
    public LatentContext(LatentPlanes planes, int rows)
    {
        _planes = planes;
        _rows = rows + Above + Below;
        int width = Wavelet.Low(planes.Encoding.Width);
        _stride = (width + 2 * Margin + 2 * ThinKernel.Lanes - 1) / ThinKernel.Lanes * ThinKernel.Lanes;
        _sums = new float[_stride];
        _window = new AlignedBuffer((long)_stride * _rows * (int)Part.Count + ThinNetwork.MaxCount);
        for (int i = 0; i < _offsets.Length; i++)
            _offsets[i] = (int)Features[i].Part * _rows * _stride + (Features[i].Y + Above) * _stride + Features[i].X + Margin;
    }

    /// <summary>Features of the latents left of it in its own row: their number among all, how far away, and whether values or amplitudes.</summary>
    public static IReadOnlyList<(int Feature, int Distance, bool IsValue)> OwnRowFeatures { get; } =
    [
        .. from feature in Enumerable.Range(0, Features.Length)
           let place = Features[feature]
           where place is (Part.OwnAmplitude or Part.OwnValue, _, 0)
           select (feature, -place.X, place.Part == Part.OwnValue),
    ];

    /// <summary>A latent's magnitude on a logarithmic scale.</summary>
    public static float Amplitude(int latent) => Amplitudes[Math.Min(Math.Abs(latent), Amplitudes.Length - 1)];

    /// <summary>A latent, within bounds.</summary>
    public static float Value(int latent) => Math.Clamp(latent, -Largest / Unit, Largest / Unit);

    /// <summary>A difference, within bounds.</summary>
    public static float Squash(float value) => MathF.Round(value / (1 + MathF.Abs(value) * 0.25f) * Unit) / Unit;

    /// <summary>Shows rows of a band.</summary>
    /// <param name="band">The band.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many rows.</param>
    public void Show(in LatentBand band, int first, int count)
    {
        if (_band != band)
            _window.Span.Clear();
        (_band, _first, _end) = (band, first, first + count);
        Copy(band, Part.OwnAmplitude, first - Above, first + count, asAmplitudes: true);
        Copy(band, Part.OwnValue, first - Above, first + count, asAmplitudes: false);
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

    private LatentBand Other(in LatentBand band, int channel, int level, LatentDirection direction) =>
        LatentBand.Of(_planes.Encoding, channel, level, direction);

    private Span<float> Row(Part part, int y) =>
        _window.Span.Slice(((int)part * _rows + y - _first + Above) * _stride + Margin, _band.Width);

    private ReadOnlySpan<short> Latents(in LatentBand band, int y) => _planes.Coded(band, y);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Copy(in LatentBand band, Part part, int first, int end, bool asAmplitudes)
    {
        for (int y = first; y < end; y++)
        {
            Span<float> row = Row(part, y);
            if (y < 0 || y >= band.Height)
            {
                row.Clear();
                continue;
            }
            ReadOnlySpan<short> latents = Latents(band, y);
            int count = Math.Min(row.Length, latents.Length);
            for (int x = 0; x < count; x++)
                row[x] = latents[x] == 0 ? 0 : asAmplitudes ? Amplitude(latents[x]) : Value(latents[x]);
        }
    }

    private void ShowEarlier(in LatentBand band, int number)
    {
        Copy(band, Part.Amplitude + number, _first - 1, _end + Below, asAmplitudes: true);
        Copy(band, Part.Value + number, _first, _end + Below, asAmplitudes: false);
        for (int y = _first; y < _end; y++)
            Means(Part.Amplitude + number, y, Row(Part.Mean + number, y));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Means(Part amplitudes, int y, Span<float> means)
    {
        ReadOnlySpan<float> above = Row(amplitudes, y - 1), row = Row(amplitudes, y), below = Row(amplitudes, y + 1);
        int width = row.Length;
        Span<float> sums = _sums.AsSpan(1, width + 1);
        for (int x = 0; x < width; x++)
            sums[x] = above[x] + row[x] + below[x];
        sums[width] = 0;
        for (int x = 0; x < width; x++)
            means[x] = Mean(_sums[x] + sums[x] + sums[x + 1]);
    }

    private static float Mean(float sum) => sum == 0 ? 0 : MathF.Round(sum * (Unit / 9f)) / Unit;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ShowParent(in LatentBand parent)
    {
        for (int y = _first; y < _end; y++)
        {
            int from = Math.Min(y / 2, parent.Height - 1);
            Span<float> amplitudes = Row(Part.ParentAmplitude, y), means = Row(Part.ParentMean, y), values = Row(Part.ParentValue, y);
            if (parent.Width == 0 || from < 0)
                continue;
            ReadOnlySpan<short> above = from > 0 ? Latents(parent, from - 1) : default, row = Latents(parent, from);
            ReadOnlySpan<short> below = from + 1 < parent.Height ? Latents(parent, from + 1) : default;
            Span<float> sums = _sums.AsSpan(1, parent.Width + 1);
            for (int x = 0; x < parent.Width; x++)
                sums[x] = (above.IsEmpty ? 0 : Amplitude(above[x])) + Amplitude(row[x]) + (below.IsEmpty ? 0 : Amplitude(below[x]));
            sums[parent.Width] = 0;
            for (int x = 0; x < values.Length; x++)
            {
                int at = Math.Min(x / 2, parent.Width - 1);
                (amplitudes[x], values[x]) = (Amplitude(row[at]), Value(row[at]));
                means[x] = Mean(_sums[at] + sums[at] + sums[at + 1]);
            }
        }
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
