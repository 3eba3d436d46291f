using MonaLisa.Engine.Output;

namespace MonaLisa.Engine.Tests;

/// <summary>The size of the picture that a network paints, where no run tells it.</summary>
public class PictureShapeTests
{
    [Theory, InlineData(NeighborhoodTask.Enlarge), InlineData(NeighborhoodTask.Denoise), InlineData(NeighborhoodTask.Fill)]
    internal void A_network_with_a_picture_in_it_has_that_size(NeighborhoodTask task) =>
        Assert.Equal(new PictureShape(30, 20, IsTold: true), PictureShape.Of(NeighborhoodSamples.Network(task, 30, 20, channels: 3)));

    [Fact]
    public void A_dense_network_is_of_no_known_size()
    {
        PictureShape shape = PictureShape.Of(new Mlp(new MlpDesign { HiddenLayers = [4] }));
        Assert.False(shape.IsTold);
        Assert.Equal(shape.Width, shape.Height);
    }
}
