"""Topics and words that belong to them, for games in which all but one know the word.

Every word stands under one topic only, is one plain lower-case word of at least four letters in the singular, and is
no part of another word of its topic; a change of the list changes what can be dealt, so it raises the version of the
games that use it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TOPICS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        topic: tuple(words.split())
        for topic, words in (
            ("fruits", "apple banana cherry grape lemon mango melon orange peach pear plum strawberry"),
            (
                "vegetables",
                "broccoli cabbage carrot celery cucumber garlic lettuce onion potato pumpkin spinach turnip",
            ),
            ("farm animals", "bull chicken donkey duck goat goose horse lamb piglet rooster sheep turkey"),
            ("wild animals", "bear camel elephant gazelle giraffe hippo leopard lion monkey rhino tiger zebra"),
            ("birds", "crow eagle falcon flamingo ostrich parrot peacock pelican penguin robin sparrow swan"),
            ("sea creatures", "crab dolphin jellyfish lobster octopus oyster seahorse seal shark squid walrus whale"),
            (
                "insects",
                "beetle butterfly cicada cricket dragonfly firefly grasshopper hornet ladybird mosquito moth wasp",
            ),
            ("trees", "acacia beech birch cedar chestnut cypress maple olive poplar sequoia spruce willow"),
            ("flowers", "carnation daffodil daisy iris jasmine lavender lily orchid poppy rose sunflower tulip"),
            (
                "kitchen tools",
                "colander corkscrew grater kettle ladle peeler saucepan sieve skillet spatula toaster whisk",
            ),
            ("furniture", "armchair bench bookcase cabinet couch cradle cupboard desk dresser stool table wardrobe"),
            ("clothes", "apron blouse cardigan coat dress jacket pyjamas scarf shirt skirt sweater trousers"),
            ("footwear", "boot clog flipper loafer moccasin sandal skate slipper sneaker sock stiletto wellington"),
            ("musical instruments", "accordion banjo cello clarinet drum flute guitar harp piano trumpet tuba violin"),
            ("sports", "archery badminton baseball boxing cycling fencing hockey judo rowing rugby swimming tennis"),
            (
                "vehicles",
                "ambulance bicycle bulldozer helicopter motorcycle rocket scooter submarine taxi tractor tram truck",
            ),
            ("jobs", "baker butcher carpenter dentist farmer fisherman judge librarian nurse pilot plumber tailor"),
            (
                "places in town",
                "bakery cinema hospital library market museum pharmacy prison school stadium station theatre",
            ),
            ("rooms", "attic bathroom bedroom cellar corridor garage kitchen laundry nursery pantry porch study"),
            ("landscapes", "beach canyon cave desert forest glacier island meadow mountain swamp valley volcano"),
            ("weather", "blizzard breeze cloud drizzle frost hail hurricane lightning rainbow snow sunshine thunder"),
            ("drinks", "beer champagne cider cocoa coffee juice lemonade milk punch water whisky wine"),
            (
                "desserts",
                "biscuit brownie cheesecake cookie crumble custard doughnut muffin pancake pudding sorbet waffle",
            ),
            ("meals", "burger casserole curry lasagne noodle omelette pizza risotto salad sandwich soup stew"),
            (
                "spices and herbs",
                "basil cinnamon clove coriander ginger mint mustard nutmeg paprika parsley pepper saffron",
            ),
            ("metals and stones", "amber copper diamond emerald gold iron marble pearl ruby sapphire silver steel"),
            ("tools", "chisel drill hammer ladder nail pliers rake sandpaper screwdriver shovel spade wrench"),
            (
                "school things",
                "blackboard calculator chalk crayon eraser glue notebook pencil ruler scissors stapler textbook",
            ),
            ("parts of the body", "ankle chin elbow finger forehead heart knee shoulder stomach thumb tongue wrist"),
            ("toys", "balloon doll domino frisbee kite pinwheel puppet puzzle robot teddy trampoline yoyo"),
            (
                "things at the beach",
                "bikini bucket deckchair driftwood hammock lifeguard parasol pebble seashell sunscreen surfboard towel",
            ),
            (
                "camping",
                "binoculars campfire compass cooler flashlight hatchet lantern mattress rucksack tent thermos torch",
            ),
            (
                "holidays and feasts",
                "birthday carnival christmas easter gala graduation halloween honeymoon parade picnic reunion wedding",
            ),
            ("fairy tales", "castle dragon dwarf genie giant goblin mermaid ogre princess unicorn witch wizard"),
            ("space", "asteroid astronaut comet crater eclipse galaxy meteor moon orbit planet satellite telescope"),
            (
                "machines at home",
                "blender dehumidifier dishwasher dryer freezer fridge heater microwave oven radio television vacuum",
            ),
            (
                "buildings",
                "barn bungalow cathedral cottage factory hotel lighthouse palace pyramid skyscraper tower windmill",
            ),
            (
                "jewels and accessories",
                "belt bracelet brooch cufflink earring glove handbag necklace sunglasses tiara umbrella wallet",
            ),
            (
                "medicine",
                "bandage crutch fever headache injection ointment pill plaster stethoscope surgeon syringe thermometer",
            ),
            ("feelings", "anger anxiety boredom disgust envy grief happiness jealousy loneliness pride shame surprise"),
            (
                "games and pastimes",
                "backgammon ballet chess crossword darts fishing gardening karaoke knitting painting poker yoga",
            ),
        )
    }
)
