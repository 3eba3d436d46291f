using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Tests;

/// <summary>What networks paint that remove noise and fill gaps, by the words of docs/model-format.md, in double precision.</summary>
public class RestoredPainterTests
{
    private const int Width = 47, Height = 43;

    private const float Blend = 0.75f;

    [Theory]
    [InlineData(NeighborhoodTask.Denoise, 1), InlineData(NeighborhoodTask.Denoise, 3), InlineData(NeighborhoodTask.Denoise, 4)]
    [InlineData(NeighborhoodTask.Fill, 1), InlineData(NeighborhoodTask.Fill, 3), InlineData(NeighborhoodTask.Fill, 4)]
    [InlineData(NeighborhoodTask.Denoise, 3, true), InlineData(NeighborhoodTask.Fill, 3, true)]
    [Trait("Runs", "AtEveryWidth")]
    public void It_is_what_the_format_says(NeighborhoodTask task, int channels, bool isSingleView = false)
    {
        Mlp network = NeighborhoodSamples.Network(task, Width, Height, channels, blend: Blend, isSingleView: isSingleView);
        float[] painted = Enlarged.Paint(network, Width, Height, threads: 2);
        var expected = new Expectation(network);
        // Some pixels of all rows and columns.
        for (int pixel = 0; pixel < Width * Height; pixel += 23)
            for (int channel = 0; channel < channels; channel++)
                Assert.Equal(expected.ColorOf(pixel % Width, pixel / Width, channel), painted[pixel * channels + channel], 1e-4);
    }

    [Fact]
    public void A_larger_size_is_interpolated()
    {
        Mlp network = NeighborhoodSamples.Network(NeighborhoodTask.Denoise, Width, Height, channels: 3);
        FloatPicture own = new(Width, Height, 3, Enlarged.Paint(network, Width, Height));
        float[] expected = own.Resized(ShrinkKernel.Bicubic, 2 * Width, 2 * Height).Values, painted = Enlarged.Paint(network, 2 * Width, 2 * Height);
        for (int i = 0; i < painted.Length; i++)
            Assert.Equal(expected[i], painted[i], 1e-5);
    }

    private sealed class Expectation(Mlp network)
    {
        private readonly NeighborhoodEncoding _encoding = (NeighborhoodEncoding)network.Design.Encoding;
        private readonly float[] _picture = network.EncodingTensors[0].Values;
        private readonly int _channels = network.OutputCount;

        private bool Fills => _encoding.Task == NeighborhoodTask.Fill;

        private double Divisor => 2 * NeighborhoodSamples.Noise * (_channels == 1 ? Math.Sqrt(3) : 1);

        public double ColorOf(int x, int y, int channel)
        {
            float own = _picture[(y * Width + x) * _channels + channel];
            if (Fills ? own >= 0 : channel == 3)
                return own;
            (int Right, int Down)[] places = _encoding.IsSingleView ? [(1, 1)] : [(-1, -1), (-1, 1), (1, -1), (1, 1)];
            bool[] turns = _encoding.IsSingleView ? [false] : [false, true];
            double mean = places.Average(place => Math.Clamp(turns.Average(isTurned => Painted(x, y, place.Right, place.Down, isTurned)[channel]), 0, 1));
            return Fills ? mean : WithoutClipping(mean);
        }

        private double[] Painted(int x, int y, int right, int down, bool isTurned)
        {
            (int X, int Y) At(int i, int j) => isTurned ? (x + right * j, y + down * i) : (x + right * i, y + down * j);
            var features = new List<double>();
            void Add(int least, int most, int step, bool isLuma, Func<int, int, bool> isSeen, Func<int, int, int, double?> value, bool isFlag = false)
            {
                for (int j = -most; j <= most; j++)
                    for (int i = -most; i <= most; i++)
                        for (int component = isLuma ? 0 : 1; component < (isLuma ? 1 : _channels); component++)
                            if (Math.Max(Math.Abs(i), Math.Abs(j)) >= least && isSeen(i, j))
                            {
                                (int column, int row) = At(i * step, j * step);
                                double? seen = value(column, row, component);
                                features.Add(isFlag ? (seen is null ? 0 : 1)
                                    : seen is null ? 0 : (seen.Value - Reference(x, y, component)) * (Fills ? 4 : 1 / Divisor));
                            }
            }

            if (Fills)
            {
                Add(1, 7, 1, true, (i, j) => i * i + j * j <= 50, Component);
                Add(1, 4, 1, true, (i, j) => i * i + j * j <= 18, Component, isFlag: true);
                Add(1, 2, 1, false, (i, j) => i * i + j * j <= 8, Component);
                Add(1, 3, 3, true, (_, _) => true, Mean3);
                Add(1, 1, 3, false, (_, _) => true, Mean3);
            }
            else
            {
                Add(0, 4, 1, true, (i, j) => i * i + j * j <= 18, Component);
                Add(0, 1, 1, false, (i, j) => i * i + j * j <= 2, Component);
                Add(2, 3, 3, true, (_, _) => true, Mean3);
                Add(1, 2, 3, false, (_, _) => true, Mean3);
                Add(1, 2, 9, true, (_, _) => true, Mean9);
                Add(1, 1, 9, false, (_, _) => true, Mean9);
            }
            double[] hidden = Layer(network.Layers[0], [.. features]);
            double[] outputs = Layer(network.Layers[1], [.. hidden.Select(sum => Math.Max(0, sum))]);
            double[] reference = [.. Enumerable.Range(0, _channels).Select(component => Reference(x, y, component))];
            // The outputs are in [-1, 1], so a correction of 1 is half the range of colours.
            return [.. Color(reference).Select((value, channel) => value + Blend * (Fills ? 1 : Divisor) * outputs[channel] / 2)];
        }

        private double[] Color(double[] components)
        {
            if (_channels == 1)
                return components;
            double luma = components[0], redLessBlue = components[1], greenLess = components[2];
            double green = luma + 2 * greenLess / 3, others = (3 * luma - green) / 2;
            return [others + redLessBlue / 2, green, others - redLessBlue / 2, .. components[3..]];
        }

        private double? Component(int x, int y, int component)
        {
            int at = (Math.Clamp(y, 0, Height - 1) * Width + Math.Clamp(x, 0, Width - 1)) * _channels;
            return _picture[at] < 0 ? null : ComponentOf([.. _picture[at..(at + _channels)]], component);
        }

        private static double ComponentOf(double[] color, int component) => color.Length == 1 ? color[0] : component switch
        {
            0 => (color[0] + color[1] + color[2]) / 3,
            1 => color[0] - color[2],
            2 => color[1] - (color[0] + color[2]) / 2,
            _ => color[3],
        };

        private double? Mean3(int x, int y, int component) => Mean(x, y, component, [-1, 0, 1]);

        private double? Mean9(int x, int y, int component) => Mean(x, y, component, [-3, 0, 3], inner: [-1, 0, 1]);

        // The mean of means: near the edge a pixel has a part in it more than once, each time it is clamped.
        private double? Mean(int x, int y, int component, int[] outer, int[]? inner = null)
        {
            (x, y) = (Math.Clamp(x, 0, Width - 1), Math.Clamp(y, 0, Height - 1));
            double[] known =
            [
                .. from j in outer from i in outer from jj in inner ?? [0] from ii in inner ?? [0]
                   let value = Component(Math.Clamp(x + i, 0, Width - 1) + ii, Math.Clamp(y + j, 0, Height - 1) + jj, component)
                   where value is not null
                   select value.Value,
            ];
            return known.Length == 0 ? null : known.Average();
        }

        private double Reference(int x, int y, int component)
        {
            if (!Fills)
                return component == 3 ? Component(x, y, component)!.Value : Mean3(x, y, component)!.Value;
            int at = (y * Width + x) * _channels;
            return ComponentOf([.. _picture[at..(at + _channels)].Select(stored => stored < 0 ? -1.0 - stored : stored)], component);
        }

        /// <summary>The sample whose mean with clipped noise is a number, by halving.</summary>
        private static double WithoutClipping(double mean)
        {
            var clipped = new ClippedNoise(NeighborhoodSamples.Noise);
            (double low, double high) = (0, 1);
            for (int i = 0; i < 40; i++)
                if (clipped.MeanOf((float)((low + high) / 2)) < mean)
                    low = (low + high) / 2;
                else
                    high = (low + high) / 2;
            return (low + high) / 2;
        }

        private static double[] Layer(DenseLayer layer, double[] inputs) =>
            [.. Enumerable.Range(0, layer.OutputCount).Select(output => layer.Biases[output] + Enumerable.Range(0, layer.InputCount)
                .Sum(input => layer.Weights[output * layer.InputCount + input] * inputs[input]))];
    }
}
