using MonaLisa.Engine.Kernels;
using MonaLisa.Engine.Providers;

namespace MonaLisa.Engine.Training;

/// <summary>
/// Clipping by the norm of the whole gradient (Pascanu, Mikolov and Bengio 2012, arXiv 1211.5063): a longer one is shortened to the
/// limit. The squares are summed slice by slice, so that threads make no difference.
/// </summary>
/// <param name="limit">The longest a gradient may be.</param>
/// <param name="sliceCount">Slices of the parameters.</param>
/// <param name="instructionSet">The vectors to use.</param>
internal sealed unsafe class GradientClipper(double limit, int sliceCount, InstructionSet instructionSet)
{
    private readonly double[] _squares = new double[sliceCount];
    private readonly SliceOperations _operations = SliceOperations.Create(instructionSet);
    private float _factor = 1;

    /// <summary>Adds the groups' gradients of a slice up into the first group's, and notes their squares.</summary>
    /// <param name="number">The slice's number.</param>
    /// <param name="slice">The slice.</param>
    /// <param name="gradients">The groups' gradients.</param>
    /// <param name="gradientCount">How many.</param>
    public void AddUp(int number, in ParameterSlice slice, float** gradients, int gradientCount) =>
        _squares[number] = _operations.AddUp(slice.Length, gradients, gradientCount, slice.Start);

    /// <summary>After every slice has been added up: finds the factor that shortens the gradient.</summary>
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
            _operations.Scale(slice.Length, gradient + slice.Start, _factor);
    }
}
