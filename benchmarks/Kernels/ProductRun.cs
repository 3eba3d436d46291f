using MonaLisa.Engine.Numerics;

namespace MonaLisa.Benchmarks.Kernels;

/// <summary>One whole product of a hidden layer for a tile.</summary>
internal sealed unsafe class ProductRun<TVector, TOps>(Form form, int width) : IKernelRun
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    private const int Rows = TileShape.Rows, PanelWidth = PanelLayout.Width;

    private readonly int _panels = PanelLayout.PanelCount(width);
    private readonly AlignedBuffer _tile = Operands.Random((long)Rows * PanelLayout.PaddedColumns(width));
    private readonly AlignedBuffer _errors = Operands.Random((long)Rows * PanelLayout.PaddedColumns(width));
    private readonly AlignedBuffer _weights = Operands.Random((long)width * PanelLayout.PaddedColumns(width));
    private readonly AlignedBuffer _bias = Operands.Random(PanelWidth);

    public void Run()
    {
        for (int panel = 0; panel < _panels; panel++)
        {
            float* weights = _weights.Pointer + panel * width * PanelWidth;
            float* errors = _errors.Pointer + panel * Rows * PanelWidth;
            int columns = Math.Max(PanelLayout.ComputedColumns(panel, width), 2 * TOps.Count);
            if (form == Form.Forward)
                Microkernel<TVector, TOps>.Multiply<AlongRows, FromBias, AsItIs>(
                    Product.Blocked(width, Rows * PanelWidth), Rows, columns, _tile.Pointer, weights, errors, _bias.Pointer, default);
            else if (form == Form.ToInputs)
                Microkernel<TVector, TOps>.Multiply<AlongRows, FromZero, AsItIs>(
                    Product.Blocked(width, Rows * PanelWidth), Rows, columns, _tile.Pointer, weights, errors, null, default);
            else
                AddToWeights(weights, errors, columns);
        }
    }

    private void AddToWeights(float* weights, float* errors, int columns)
    {
        for (int input = 0; input < width; input += PanelWidth)
            Microkernel<TVector, TOps>.Multiply<DownColumns, FromSum, AsItIs>(
                Product.Even(Rows), Math.Min(PanelWidth, width - input), columns,
                _tile.Pointer + input * Rows, errors, weights + input * PanelWidth, null, default);
    }
}
