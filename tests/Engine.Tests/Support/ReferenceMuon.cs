namespace MonaLisa.Engine.Tests;

/// <summary>Muon in double precision, step by step as its reference implementation has it (KellerJordan/Muon, muon.py).</summary>
internal static class ReferenceMuon
{
    private const double A = 3.4445, B = -4.7750, C = 2.0315;

    /// <summary>Five steps of the Newton-Schulz iteration from a matrix divided by its norm.</summary>
    public static double[,] Orthogonalize(double[,] matrix)
    {
        if (matrix.GetLength(0) > matrix.GetLength(1))
            return Transpose(Orthogonalize(Transpose(matrix)));
        double norm = Math.Sqrt(matrix.Cast<double>().Sum(value => value * value)) + 1e-7;
        double[,] x = Combine(matrix, 1 / norm, matrix, 0);
        for (int iteration = 0; iteration < 5; iteration++)
        {
            double[,] gram = Multiply(x, Transpose(x));
            double[,] polynomial = Combine(gram, B, Multiply(gram, gram), C);
            x = Combine(x, A, Multiply(polynomial, x), 1);
        }
        return x;
    }

    /// <summary>A layer's weights, <c>[outputs, inputs]</c>, of values that lie neuron after neuron, each followed by its bias.</summary>
    public static double[,] WeightsOf(ReadOnlySpan<double> values, int outputs, int inputs)
    {
        var matrix = new double[outputs, inputs];
        for (int output = 0; output < outputs; output++)
            for (int input = 0; input < inputs; input++)
                matrix[output, input] = values[output * (inputs + 1) + input];
        return matrix;
    }

    /// <summary>The sum of two matrices, each times a factor.</summary>
    public static double[,] Combine(double[,] first, double firstFactor, double[,] second, double secondFactor)
    {
        var sum = new double[first.GetLength(0), first.GetLength(1)];
        for (int row = 0; row < sum.GetLength(0); row++)
            for (int column = 0; column < sum.GetLength(1); column++)
                sum[row, column] = firstFactor * first[row, column] + secondFactor * second[row, column];
        return sum;
    }

    private static double[,] Multiply(double[,] first, double[,] second)
    {
        var product = new double[first.GetLength(0), second.GetLength(1)];
        for (int row = 0; row < product.GetLength(0); row++)
            for (int term = 0; term < second.GetLength(0); term++)
                for (int column = 0; column < product.GetLength(1); column++)
                    product[row, column] += first[row, term] * second[term, column];
        return product;
    }

    private static double[,] Transpose(double[,] matrix)
    {
        var transposed = new double[matrix.GetLength(1), matrix.GetLength(0)];
        for (int row = 0; row < matrix.GetLength(0); row++)
            for (int column = 0; column < matrix.GetLength(1); column++)
                transposed[column, row] = matrix[row, column];
        return transposed;
    }
}
