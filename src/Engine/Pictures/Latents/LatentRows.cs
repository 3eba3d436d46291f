using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Pictures;

/// <summary>Paints rows at the picture's own size: the same bits on every processor if the layers' kernel is exact. One call at a time.</summary>
internal sealed unsafe class LatentRows
{
    private const int RowsAtOnce = 16;

    private readonly LatentEncoding _encoding;
    private readonly float[][] _planes;
    private readonly ThinNetwork _layers;
    private readonly LatentColors _colors;
    private readonly float _step;
    private readonly LatentWork _work;
    private readonly LatentStripe?[] _stripes;
    private readonly ThinScratch[] _scratches;

    /// <summary>Prepares to paint.</summary>
    /// <param name="encoding">The encoding.</param>
    /// <param name="planes">The first picture's channels.</param>
    /// <param name="layers">The layers that correct it.</param>
    /// <param name="colors">The colours.</param>
    /// <param name="step">The quantisation step.</param>
    /// <param name="work">The threads.</param>
    public LatentRows(LatentEncoding encoding, float[][] planes, ThinNetwork layers, LatentColors colors, float step, LatentWork work)
    {
        (_encoding, _planes, _layers, _colors, _step, _work) = (encoding, planes, layers, colors, step, work);
        _stripes = new LatentStripe?[work.ThreadCount];
        _scratches = work.PerThread(() => new ThinScratch(layers));
    }

    /// <summary>Paints rows.</summary>
    /// <param name="firstRow">The first row.</param>
    /// <param name="rowCount">How many rows.</param>
    /// <param name="colors">Receives <c>[rowCount, width, channels]</c>.</param>
    /// <param name="cancellationToken">Ends the painting with an <see cref="OperationCanceledException"/>.</param>
    public void Paint(int firstRow, int rowCount, Span<float> colors, CancellationToken cancellationToken)
    {
        int rowLength = _encoding.Width * _encoding.Channels;
        fixed (float* destination = colors[..(rowCount * rowLength)])
        {
            float* to = destination;
            _work.ForEach((rowCount + RowsAtOnce - 1) / RowsAtOnce, (worker, piece) =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                int first = piece * RowsAtOnce, count = Math.Min(RowsAtOnce, rowCount - first);
                // A wide picture of few rows has no work for most threads.
                LatentStripe stripe = _stripes[worker] ??= new LatentStripe(_encoding, Math.Min(RowsAtOnce, _encoding.Height));
                stripe.Show(_planes, firstRow + first, count);
                for (int row = first; row < first + count; row++)
                    PaintRow(stripe, _scratches[worker], firstRow + row, new Span<float>(to + (long)row * rowLength, rowLength));
            });
        }
    }

    private void PaintRow(LatentStripe stripe, ThinScratch scratch, int y, Span<float> to)
    {
        int width = _encoding.Width, channels = _encoding.Channels;
        float** features = stackalloc float*[_encoding.FeatureCount];
        for (int x = 0; x < width; x += ThinNetwork.MaxCount)
        {
            int count = Math.Min(ThinNetwork.MaxCount, width - x);
            stripe.Locate(x, y, features);
            _layers.Forward(features, ThinNetwork.Rounded(count), kind: 0, scratch);
            for (int channel = 0; channel < channels; channel++)
            {
                float* corrections = scratch.Last + channel * ThinNetwork.MaxCount;
                ReadOnlySpan<float> plane = _planes[channel].AsSpan(y * width + x, count);
                for (int i = 0; i < plane.Length; i++)
                    corrections[i] = (plane[i] + corrections[i]) * _step;
            }
            _colors.ToColors(scratch.Last, ThinNetwork.MaxCount, to.Slice(x * channels, count * channels));
        }
    }
}
