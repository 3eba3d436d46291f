using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>Sines and cosines of fixed frequencies; see <see cref="SinusoidalEncoding"/>.</summary>
internal sealed unsafe class SinusoidalEncoder<TVector, TOps> : Encoder
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    private readonly int _count;

    /// <summary>The frequencies times 2 pi, for x and for y, padded to whole half panels.</summary>
    private readonly AlignedBuffer _x, _y;

    /// <summary>An encoder of frequencies <c>[count, 2]</c>.</summary>
    public SinusoidalEncoder(float[] frequencies)
    {
        _count = frequencies.Length / Mlp.InputCount;
        int padded = PanelLayout.PadToHalfPanels(_count);
        (_x, _y) = (new AlignedBuffer(padded), new AlignedBuffer(padded));
        for (int i = 0; i < _count; i++)
            (_x.Span[i], _y.Span[i]) = ((float)(Math.Tau * frequencies[2 * i]), (float)(Math.Tau * frequencies[2 * i + 1]));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(float* coordinates, int rows, float* features, PackedLayout layout)
    {
        const int Width = PanelLayout.Width;
        float* sines = stackalloc float[PanelLayout.HalfWidth], cosines = stackalloc float[PanelLayout.HalfWidth];
        for (int row = 0; row < rows; row++, features += layout.RowStride)
        {
            float* pixel = coordinates + PanelLayout.SkinnyOffset(row, Mlp.InputCount);
            TVector x = TOps.Broadcast(pixel[0]), y = TOps.Broadcast(pixel[Width]);
            for (int first = 0; first < _count; first += TOps.Count)
            {
                TVector phase = TOps.MultiplyAdd(x, TOps.Load(_x.Pointer + first), TOps.Multiply(y, TOps.Load(_y.Pointer + first)));
                TVector sine = VectorMath<TVector, TOps>.SinCos(phase, out TVector cosine);
                if (first + TOps.Count <= _count && (_count + first) % TOps.Count == 0)
                {
                    TOps.Store(sine, features + layout.Column(first));
                    TOps.Store(cosine, features + layout.Column(_count + first));
                    continue;
                }
                // Where the count is no multiple of a vector, features lie across the panels' borders.
                TOps.Store(sine, sines);
                TOps.Store(cosine, cosines);
                for (int i = 0; i < TOps.Count && first + i < _count; i++)
                {
                    features[layout.Column(first + i)] = sines[i];
                    features[layout.Column(_count + first + i)] = cosines[i];
                }
            }
        }
    }
}
