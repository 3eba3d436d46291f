using MonaLisa.Engine.Numerics;

namespace MonaLisa.Benchmarks.Kernels;

/// <summary>A thin layer.</summary>
internal sealed unsafe class ThinRun : IKernelRun
{
    private const int Count = ThinKernel.MaxCount;

    private readonly ThinKernel _kernel = ThinKernel.Of(InstructionSets.Best);
    private readonly Form _form;
    private readonly int _inputs, _outputs;
    private readonly AlignedBuffer _weights, _biases, _x, _y, _errors;

    public ThinRun(Form form, int inputs, int outputs)
    {
        (_form, _inputs, _outputs) = (form, inputs, outputs);
        (_weights, _biases) = (Operands.Random(inputs * outputs), Operands.Random(outputs));
        (_x, _y, _errors) = (Operands.Random(inputs * Count), Operands.Random(outputs * Count), Operands.Random(outputs * Count));
    }

    /// <summary>Floating-point operations of a run.</summary>
    public static double WorkOf(int inputs, int outputs) => 2.0 * Count * inputs * outputs;

    public void Run()
    {
        var layer = new ThinLayer(_weights.Pointer, _biases.Pointer, _inputs, _outputs, rectifies: true);
        float** x = stackalloc float*[_inputs];
        ThinKernel.Rows(_x.Pointer, x, _inputs);
        if (_form == Form.Forward)
            _kernel.Forward(layer, x, _y.Pointer, Count);
        else if (_form == Form.ToInputs)
            _kernel.ErrorsBelow(layer, _errors.Pointer, _x.Pointer, Count);
        else
            _kernel.AddGradients(layer, _errors.Pointer, x, Count);
    }
}
