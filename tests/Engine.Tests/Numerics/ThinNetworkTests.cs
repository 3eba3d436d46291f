using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>Networks of thin layers.</summary>
public unsafe class ThinNetworkTests
{
    private const int Kinds = 2, Count = 48;

    /// <summary>Rows and columns that blocks of every size are left for.</summary>
    private static readonly int[][] Shapes = [[13, 11, 16, 3], [6, 9, 1], [16, 7, 5, 2], [1, 8, 6, 4]];

    [Theory, MemberData(nameof(InstructionSetSupport.Names), MemberType = typeof(InstructionSetSupport))]
    public void Outputs_are_those_of_dense_layers(string set)
    {
        foreach (int[] widths in Shapes)
        {
            var run = new Run(widths, InstructionSetSupport.Require(set), isExact: false);
            for (int place = 0; place < Count; place++)
            {
                double[] expected = run.Reference(place, kind: 1);
                for (int output = 0; output < widths[^1]; output++)
                    Assert.Equal(expected[output], run.Output(output, place), 1e-4);
            }
        }
    }

    [Fact]
    public void Exact_outputs_are_the_same_bits_at_every_width()
    {
        foreach (int[] widths in Shapes)
        {
            Run[] runs = [.. InstructionSetSupport.Supported.Select(set => new Run(widths, set, isExact: true))];
            for (int output = 0; output < widths[^1]; output++)
                for (int place = 0; place < Count; place++)
                    Assert.Single(runs.Select(run => run.Output(output, place)).Distinct());
        }
    }

    [Theory, MemberData(nameof(InstructionSetSupport.Names), MemberType = typeof(InstructionSetSupport))]
    public void Gradients_are_those_of_small_changes(string set)
    {
        foreach (int[] widths in Shapes)
            AssertGradients(new Run(widths, InstructionSetSupport.Require(set), isExact: false));
    }

    private static void AssertGradients(Run run)
    {
        // Small, for a rectifier's bend within it would show another slope.
        const float Change = 1e-5f;
        (float[] gradients, float[][] inputErrors) = run.Backward();
        float[] parameters = run.Network.Parameters;
        for (int i = 0; i < parameters.Length; i++)
        {
            float kept = parameters[i];
            parameters[i] = kept + Change;
            double more = run.Loss();
            parameters[i] = kept - Change;
            double less = run.Loss();
            parameters[i] = kept;
            Assert.Equal((more - less) / (2 * Change), gradients[i], 0.02 + 0.02 * Math.Abs(gradients[i]));
        }
        for (int input = 0; input < inputErrors.Length; input++)
        {
            double more = run.Loss((input, 5, Change)), less = run.Loss((input, 5, -Change));
            Assert.Equal((more - less) / (2 * Change), inputErrors[input][5], 0.02 + 0.02 * Math.Abs(inputErrors[input][5]));
        }
    }

    /// <summary>A network and what it makes of places.</summary>
    private sealed class Run
    {
        private const int Kind = 1;
        private readonly AlignedBuffer[] _inputs;
        private readonly ThinScratch _scratch;

        public Run(int[] widths, InstructionSet set, bool isExact)
        {
            _inputs = [.. Enumerable.Range(0, widths[0]).Select(_ => new AlignedBuffer(Count))];
            Network = new ThinNetwork(widths, Kinds, ThinKernel.Of(set, isExact));
            var random = new Random(5);
            foreach (ref float value in Network.Parameters.AsSpan())
                value = random.NextSingle() - 0.5f;
            foreach (AlignedBuffer input in _inputs)
                foreach (ref float value in input.Span)
                    value = random.NextSingle() * 2 - 1;
            _scratch = new ThinScratch(Network);
            Forward();
        }

        public ThinNetwork Network { get; }

        public float Output(int output, int place) => _scratch.Last[output * ThinNetwork.MaxCount + place];

        public double[] Reference(int place, int kind)
        {
            double[] values = [.. _inputs.Select(input => (double)input.Span[place])];
            int layers = Network.Widths.Count - 1;
            for (int layer = 0; layer < layers; layer++)
            {
                double[] sums = new double[Network.Widths[layer + 1]];
                bool hasKinds = layer == 0 || layer == layers - 1;
                for (int j = 0; j < sums.Length; j++)
                {
                    sums[j] = Network.Biases(layer)[(hasKinds ? kind * sums.Length : 0) + j];
                    for (int i = 0; i < values.Length; i++)
                        sums[j] += Network.Weights(layer)[j * values.Length + i] * values[i];
                    if (layer < layers - 1)
                        sums[j] = Math.Max(0, sums[j]);
                }
                values = sums;
            }
            return values;
        }

        /// <summary>The sum of the squares of all outputs, in double precision; one input may be changed.</summary>
        public double Loss((int Input, int Place, float Change)? change = null)
        {
            if (change is { } more)
                _inputs[more.Input].Span[more.Place] += more.Change;
            double sum = Enumerable.Range(0, Count).Sum(place => Reference(place, Kind).Sum(output => output * output));
            if (change is { } less)
                _inputs[less.Input].Span[less.Place] -= less.Change;
            return sum;
        }

        public (float[], float[][]) Backward()
        {
            for (int output = 0; output < Network.Widths[^1]; output++)
                for (int place = 0; place < Count; place++)
                    _scratch.LastErrors[output * ThinNetwork.MaxCount + place] = 2 * Output(output, place);
            var gradients = new AlignedBuffer(Network.Parameters.Length);
            AlignedBuffer[] errors = [.. _inputs.Select(_ => new AlignedBuffer(Count))];
            float** x = stackalloc float*[_inputs.Length];
            float** dx = stackalloc float*[_inputs.Length];
            for (int i = 0; i < _inputs.Length; i++)
            {
                x[i] = _inputs[i].Pointer;
                dx[i] = errors[i].Pointer;
            }
            Network.Backward(x, Count, Kind, _scratch, gradients.Pointer, dx);
            GC.KeepAlive(this);
            return (gradients.Span.ToArray(), [.. errors.Select(error => error.Span.ToArray())]);
        }

        private void Forward()
        {
            float** x = stackalloc float*[_inputs.Length];
            for (int i = 0; i < _inputs.Length; i++)
                x[i] = _inputs[i].Pointer;
            Network.Forward(x, Count, Kind, _scratch);
            GC.KeepAlive(this);
        }
    }
}
