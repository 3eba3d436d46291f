using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>
/// Draws each epoch's pixels by the errors that they had when they were last learned, see <see cref="PixelSampling.ErrorWeighted"/>. It
/// takes six bytes a training pixel: an error in an eighth of an octave of its square for the epoch under way and one for the next, and the
/// epoch's pixels in ascending order, which the loader shuffles.
/// </summary>
internal sealed unsafe class ErrorSampler
{
    /// <summary>The share of an epoch that is drawn by the errors.</summary>
    private const double WeightedShare = 0.8;

    /// <summary>The most that one pixel is drawn, before all are brought to the epoch's length.</summary>
    private const double MostDraws = 4;

    /// <summary>A float's bits without these are sign, exponent and three bits of the fraction.</summary>
    private const int DroppedBits = 20;

    /// <summary>Those of 2^-26; a smaller squared error counts as none.</summary>
    private const int SmallestCode = (127 - 26) << 3;

    private const int CodeCount = 256;

    private const double FixedPointOne = 1L << 32;

    /// <summary>Marks a pixel that the epoch has before as well; places are smaller.</summary>
    private const uint Repeated = 1u << 31;

    /// <summary>Places that are written at once, needed or not; most pixels are drawn no more often than this.</summary>
    private const int DrawsAtOnce = 4;

    /// <summary>Places that a thread draws at a time.</summary>
    private const int RunLength = 1 << 16;

    private readonly int _seed;
    private readonly byte[] _noted, _drawnBy;
    private readonly uint[] _order;

    /// <summary>How often an epoch draws a pixel with an error, on average, by the error's code; in units of 2^-32.</summary>
    private readonly ulong[] _draws = new ulong[CodeCount];

    /// <summary>What a drawn pixel counts in sums, by the error's code.</summary>
    private readonly float[] _weights = new float[CodeCount];

    /// <summary>How many pixels of each run of places have each code.</summary>
    private readonly int[][] _counts;

    /// <summary>Where each run, and what follows the last, begins on the line: how often pixels are drawn before it, in units of 2^-32.</summary>
    private readonly ulong[] _starts;

    private bool _isWeighted;

    /// <summary>Prepares to draw.</summary>
    /// <param name="pixelCount">Training pixels.</param>
    /// <param name="seed">The run's seed.</param>
    public ErrorSampler(int pixelCount, int seed)
    {
        _seed = seed;
        (_noted, _drawnBy, _order) = (new byte[pixelCount], new byte[pixelCount], new uint[pixelCount + DrawsAtOnce]);
        _counts = [.. Enumerable.Range(0, (pixelCount + RunLength - 1) / RunLength).Select(_ => new int[CodeCount])];
        _starts = new ulong[_counts.Length + 1];
    }

    /// <summary>Draws an epoch's pixels; every epoch before must have been learned from to its end.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="pool">Draws them; any number of workers draw the same.</param>
    /// <param name="isUnderWay">Whether a part of it was learned from before <see cref="Restore"/>.</param>
    public void BeginEpoch(int epoch, WorkerPool pool, bool isUnderWay = false)
    {
        _isWeighted = epoch > 1;
        if (!_isWeighted)
            return;
        pool.ForEach(_counts.Length, (_, run) => Count(run, isUnderWay));
        SetDraws();
        SetStarts((uint)new RandomSource(((ulong)(uint)_seed << 32) | (uint)epoch).NextBits());
        pool.ForEach(_counts.Length, (_, run) => Draw(run));
        // The shares' rounding may leave some out.
        _order.AsSpan(DrawnBefore(_counts.Length)).Fill((uint)_drawnBy.Length - 1 | Repeated);
    }

    /// <summary>
    /// Forgets what a part of the epoch's first step noted before it was cut short: an epoch of which no step is done is drawn again when
    /// the run continues. What a part of a later step noted, that step notes again.
    /// </summary>
    public void BeginAgain()
    {
        if (_isWeighted)
            _drawnBy.CopyTo(_noted);
    }

    /// <summary>
    /// Puts drawn pixels in the place of numbers below the epoch's length, and notes with the tile what they are. The numbers are random, so
    /// what is needed of them is requested from memory first.
    /// </summary>
    /// <param name="tile">The tile, with <see cref="Tile.DrawnRows"/>.</param>
    /// <param name="numbers">The numbers for the tile's rows, all different in an epoch; become places of training pixels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Draw(Tile tile, Span<uint> numbers)
    {
        Span<uint> places = tile.DrawnRows!.Places.AsSpan(0, numbers.Length);
        Span<float> weights = tile.DrawnRows.Weights.Span[..numbers.Length];
        if (!_isWeighted)
        {
            numbers.CopyTo(places);
            weights.Fill(1);
            return;
        }
        fixed (uint* order = _order)
            foreach (uint number in numbers)
                CacheLine.Request(order + number);
        fixed (byte* drawnBy = _drawnBy)
            for (int i = 0; i < numbers.Length; i++)
            {
                uint drawn = _order[numbers[i]], place = drawn & ~Repeated;
                CacheLine.Request(drawnBy + place);
                numbers[i] = place;
                places[i] = drawn == place ? place : DrawnRows.Repeated;
            }
        for (int i = 0; i < numbers.Length; i++)
            weights[i] = _weights[_drawnBy[numbers[i]]];
    }

    /// <summary>
    /// Notes the errors of a tile's pixels. Of a pixel that is drawn repeatedly, only one error is noted, so threads make no difference.
    /// </summary>
    /// <param name="tile">The tile, after the forward pass.</param>
    /// <param name="rows">Rows in use.</param>
    /// <param name="colors">How an output becomes a colour.</param>
    /// <param name="channels">Outputs of the network.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Note(Tile tile, int rows, ColorTransform colors, int channels)
    {
        const int Width = PanelLayout.Width;
        int* codes = stackalloc int[Width];
        Vector256<float> scale = Vector256.Create(colors.Scale), offset = Vector256.Create(colors.Offset);
        for (int row = 0; row < rows; row += Width)
        {
            int first = PanelLayout.SkinnyOffset(row, channels);
            for (int i = 0; i < Width; i += Vector256<float>.Count)
            {
                Vector256<float> square = Vector256<float>.Zero;
                for (int at = first + i; at < first + channels * Width; at += Width)
                {
                    Vector256<float> error = Vector256.Load(tile.Outputs.Pointer + at) * scale + offset - Vector256.Load(tile.Targets.Pointer + at);
                    square += error * error;
                }
                Vector256<int> code = (square.AsInt32() >> DroppedBits) - Vector256.Create(SmallestCode);
                Vector256.Clamp(code, Vector256<int>.Zero, Vector256.Create(CodeCount - 1)).Store(codes + i);
            }
            ReadOnlySpan<uint> places = tile.DrawnRows!.Places.AsSpan(row, Math.Min(Width, rows - row));
            for (int i = 0; i < places.Length; i++)
                if (places[i] != DrawnRows.Repeated)
                    _noted[places[i]] = (byte)codes[i];
        }
    }

    /// <summary>Copies out all that the next epochs depend on.</summary>
    public void CopyTo(ErrorCodes destination)
    {
        _noted.CopyTo(destination.Noted, 0);
        _drawnBy.CopyTo(destination.DrawnBy, 0);
    }

    /// <summary>Takes what <see cref="CopyTo"/> gave.</summary>
    public void Restore(ErrorCodes source)
    {
        source.Noted.CopyTo(_noted, 0);
        source.DrawnBy.CopyTo(_drawnBy, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count(int run, bool isUnderWay)
    {
        Span<byte> codes = RunOf(run, _drawnBy);
        if (!isUnderWay)
            RunOf(run, _noted).CopyTo(codes);
        int[] counts = _counts[run];
        Array.Clear(counts);
        foreach (byte code in codes)
            counts[code]++;
    }

    private void SetDraws()
    {
        Span<int> counts = stackalloc int[CodeCount];
        foreach (int[] some in _counts)
            for (int code = 0; code < CodeCount; code++)
                counts[code] += some[code];
        double meanError = 0, sum = 0;
        for (int code = 0; code < CodeCount; code++)
            meanError += counts[code] * ErrorOf(code) / _drawnBy.Length;
        Span<double> draws = stackalloc double[CodeCount];
        for (int code = 0; code < CodeCount; code++)
        {
            draws[code] = Math.Min(MostDraws, 1 - WeightedShare + WeightedShare * ErrorOf(code) / meanError);
            sum += counts[code] * draws[code];
        }
        for (int code = 0; code < CodeCount; code++)
        {
            double share = draws[code] * _drawnBy.Length / sum;
            _draws[code] = (ulong)(share * FixedPointOne);
            _weights[code] = (float)(1 / share);
        }
    }

    private void SetStarts(uint start)
    {
        _starts[0] = start;
        for (int run = 0; run < _counts.Length; run++)
        {
            _starts[run + 1] = _starts[run];
            for (int code = 0; code < CodeCount; code++)
                _starts[run + 1] += (ulong)_counts[run][code] * _draws[code];
        }
    }

    /// <summary>Pixels that the epoch has of the places before a run.</summary>
    private int DrawnBefore(int run) => (int)Math.Min(_starts[run] >> 32, (ulong)_drawnBy.Length);

    /// <summary>
    /// Systematic sampling: a pixel comes as often as whole numbers lie in its stretch of the line. Some places are written whether
    /// they are needed or not, and overwritten by the next pixels', because the processor cannot predict well how often a pixel comes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Draw(int run)
    {
        ReadOnlySpan<byte> codes = RunOf(run, _drawnBy);
        ReadOnlySpan<ulong> draws = _draws;
        int end = DrawnBefore(run + 1);
        // The next run's places are another thread's; after the last, there is room.
        int room = run + 1 < _counts.Length ? end : _order.Length;
        ulong position = (uint)_starts[run];
        fixed (uint* order = _order)
            for (int i = 0, drawn = DrawnBefore(run); i < codes.Length; i++)
            {
                position += draws[codes[i]];
                uint place = (uint)(run * RunLength + i);
                int times = Math.Min((int)(position >> 32), end - drawn);
                position = (uint)position;
                if (drawn + DrawsAtOnce <= room)
                    Vector128.Create(place, place | Repeated, place | Repeated, place | Repeated).Store(order + drawn);
                else if (times > 0)
                {
                    new Span<uint>(order + drawn, times).Fill(place | Repeated);
                    order[drawn] = place;
                }
                if (times > DrawsAtOnce)
                    new Span<uint>(order + drawn + DrawsAtOnce, times - DrawsAtOnce).Fill(place | Repeated);
                drawn += times;
            }
    }

    private static Span<byte> RunOf(int run, byte[] codes) => codes.AsSpan(run * RunLength, Math.Min(RunLength, codes.Length - run * RunLength));

    /// <summary>The middle of the errors that have a code.</summary>
    private static double ErrorOf(int code) =>
        Math.Sqrt(BitConverter.Int32BitsToSingle(((code + SmallestCode) << DroppedBits) | (1 << (DroppedBits - 1))));
}
