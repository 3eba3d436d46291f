using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>
/// Clipping by the norm of the whole gradient (Pascanu, Mikolov and Bengio 2012, arXiv 1211.5063): a longer one is shortened to the
/// limit. The squares are summed slice by slice, so that threads make no difference.
/// </summary>
/// <param name="limit">The longest a gradient may be.</param>
/// <param name="pieceCount">Slices of the parameters and tables.</param>
internal sealed unsafe class GradientClipper<TVector, TOps>(double limit, int pieceCount)
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    private readonly double[] _squares = new double[pieceCount];
    private float _factor = 1;

    /// <summary>Adds the groups' gradients of a slice up into the first group's, and notes their squares.</summary>
    /// <param name="number">The piece's number.</param>
    /// <param name="slice">The slice.</param>
    /// <param name="gradients">The groups' gradients.</param>
    /// <param name="gradientCount">How many.</param>
    public void AddUp(int number, in ParameterSlice slice, float** gradients, int gradientCount) =>
        _squares[number] = SliceKernel<TVector, TOps>.AddUp(slice.Length, gradients, gradientCount, slice.Start);

    /// <summary>Notes the squares of a table's gradient.</summary>
    public void Note(int number, AlignedBuffer gradient)
    {
        float* only = gradient.Pointer;
        _squares[number] = SliceKernel<TVector, TOps>.AddUp(gradient.Length, &only, gradientCount: 1, offset: 0);
    }

    /// <summary>After every piece has been added up: finds the factor that shortens the gradient.</summary>
    public void Measure()
    {
        double squares = 0;
        foreach (double square in _squares)
            squares += square;
        double norm = Math.Sqrt(squares);
        _factor = norm > limit ? (float)(limit / norm) : 1;
    }

    /// <summary>Shortens a slice of the first group's gradient.</summary>
    public void Clip(in ParameterSlice slice, float* gradient)
    {
        if (_factor < 1)
            SliceKernel<TVector, TOps>.Scale(slice.Length, gradient + slice.Start, _factor);
    }

    /// <summary>Shortens a table's gradient.</summary>
    public void Clip(AlignedBuffer gradient)
    {
        if (_factor < 1)
            SliceKernel<TVector, TOps>.Scale(gradient.Length, gradient.Pointer, _factor);
    }
}
